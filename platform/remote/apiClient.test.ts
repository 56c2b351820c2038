import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient } from './apiClient.ts';

const TOKEN = 'tf_0123456789abcdef_secret';

interface Given {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const started: AsyncDisposableStack[] = [];
afterEach(async () => {
  for (const stack of started.splice(0)) await stack.disposeAsync();
});

/** A server that gives these answers, the last of them again and again. */
async function serving(...answers: readonly Given[]) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    const { status, headers, body } = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(request);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stack = new AsyncDisposableStack();
  stack.defer(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  started.push(stack);
  return {
    stop: async () => stack.disposeAsync(),
    asked,
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  };
}

function clientOf(address: string) {
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
  };
  return {
    slept,
    client: new ApiClient({ address, token: TOKEN, clock: { ...systemClock, sleep } }),
  };
}

const read = { path: '/api/thing', schema: z.object({ ok: z.boolean() }), action: 'read it' };
const change = { ...read, method: 'POST', body: {} } as const;

const problem = (code: string, status: number, detail: string) => ({
  status,
  body: JSON.stringify({ type: `urn:taskfleet:problem:${code}`, title: 'No', status, detail }),
});
const away = (seconds: string) => ({
  ...problem('throttled', 503, 'the table has no capacity'),
  headers: { 'retry-after': seconds },
});
const done = { status: 200, body: '{"ok":true}' };

describe('a read', () => {
  it('is asked again when the server says so, after the time that it says', async () => {
    const { address, asked } = await serving(away('2'), away('3'), done);
    const { client, slept } = clientOf(address);
    expect(await client.ask(read)).toEqual({ ok: true });
    expect([asked.length, slept]).toEqual([3, [2_000, 3_000]]);
  });

  it('is given up after four times', async () => {
    const { address, asked } = await serving(away('1'));
    const { client } = clientOf(address);
    await expect(client.ask(read)).rejects.toMatchObject({
      code: 'fleet_unreachable',
      message: 'could not read it: the table has no capacity',
    });
    expect(asked).toHaveLength(4);
  });

  it('does not wait longer than anybody does', async () => {
    const { address, asked } = await serving(away('60'));
    const { client, slept } = clientOf(address);
    await expect(client.ask(read)).rejects.toMatchObject({ retryAfterMs: 60_000 });
    expect([asked.length, slept]).toEqual([1, []]);
  });
});

describe('a change', () => {
  it('is never asked for again', async () => {
    const { address, asked } = await serving(away('1'), done);
    await expect(clientOf(address).client.ask(change)).rejects.toThrow('no capacity');
    expect(asked).toHaveLength(1);
  });

  it('is, where that does no more than once', async () => {
    const { address, asked } = await serving(away('1'), done);
    const { client } = clientOf(address);
    expect(await client.ask({ ...change, isRepeatable: true })).toEqual({ ok: true });
    expect(asked).toHaveLength(2);
  });
});

describe('the token', () => {
  it('goes to the address, and not to where that sends', async () => {
    const elsewhere = await serving(done);
    const location = `${elsewhere.address}/api/thing?token=1`;
    const { address, asked } = await serving({ status: 307, headers: { location } });
    await expect(clientOf(address).client.ask(read)).rejects.toThrow(
      `could not read it: ${address} sends to ${elsewhere.address}, which gets no token`,
    );
    expect(asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${TOKEN}`]);
    expect(elsewhere.asked).toEqual([]);
  });

  it('is in no error, also not when the server says it back', async () => {
    const { address } = await serving(problem('forbidden', 403, `no ${TOKEN} here`));
    await expect(clientOf(address).client.ask(read)).rejects.toThrow('no [token] here');
  });
});

describe('an answer', () => {
  it.each([
    ['id-unknown', 404, 'id_unknown', 'as told'],
    ['fleet-unreachable', 503, 'fleet_unreachable', 'as told'],
    ['unavailable', 503, 'fleet_unreachable', 'could not read it: as told'],
    ['defect', 500, 'fleet_unreachable', 'could not read it: as told'],
    ['stored-value-gone', 410, 'stored_value_gone', 'as told'],
    [
      'unauthenticated',
      401,
      'unauthenticated',
      'as told; set TASKFLEET_TOKEN, or give --token-file',
    ],
  ])(
    'of the problem %s is the error that direct access has',
    async (type, status, code, message) => {
      const { address } = await serving(problem(type, status, 'as told'));
      await expect(clientOf(address).client.ask(read)).rejects.toMatchObject({
        code,
        message: expect.stringMatching(new RegExp(`^${message}`)),
      });
    },
  );

  it('of somebody else is told from one of the API', async () => {
    const { address } = await serving({ status: 502, body: '<html>Bad gateway</html>' });
    await expect(clientOf(address).client.ask(read)).rejects.toThrow(
      `could not read it: HTTP status 502, and no answer of Taskfleet's API; is ${address} its address (--url, TASKFLEET_URL)`,
    );
  });

  it('that is a page is told from one of the API, although its status is good', async () => {
    const { address } = await serving({ status: 200, body: '<html>Sign in</html>' });
    await expect(clientOf(address).client.ask(read)).rejects.toMatchObject({
      code: 'fleet_unreachable',
      message: expect.stringContaining(`HTTP status 200, and no answer of Taskfleet's API; is`),
    });
  });

  it('of no route asks for the address alone', async () => {
    const { address } = await serving(problem('route-unknown', 404, 'nothing answers'));
    await expect(clientOf(`${address}/tasks`).client.ask(read)).rejects.toMatchObject({
      code: 'route_unknown',
      message: expect.stringMatching(/^nothing answers; expected in --url .* the address alone/),
    });
  });

  it('of another form is not taken for one', async () => {
    const { address } = await serving({ status: 200, body: '{"ok":"yes"}' });
    await expect(clientOf(address).client.ask(read)).rejects.toMatchObject({
      code: 'format_invalid',
      field: 'ok',
    });
  });

  it('that nobody gives is an error of its own', async () => {
    const { address, stop } = await serving(done);
    await stop();
    const { client } = clientOf(address);
    await expect(client.ask(read)).rejects.toMatchObject({
      code: 'fleet_unreachable',
      message: expect.stringMatching(
        /^could not read it: nothing listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\); is that the address/,
      ),
    });
  });
});
