import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient } from './apiClient.ts';
import { watchChanges } from './watchChanges.ts';

/** Nothing is ever silent for too long. */
const patient = {
  ...systemClock,
  sleep: async (ms: number) => (ms > 10_000 ? new Promise<never>(() => undefined) : undefined),
};

const servers: ReturnType<typeof createServer>[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** Answers the first listener with the first of these, and so on; the last again and again. */
async function telling(...answers: readonly ((response: ServerResponse) => void)[]) {
  let asked = 0;
  const server = createServer((_request, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    answer?.(response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = new AbortController();
  const changes = watchChanges(new ApiClient({ address, clock: patient }), patient, {
    query: { watch: 'count' },
    schema: z.object({ n: z.int() }),
    action: 'follow it',
    signal: stop.signal,
  });
  return { changes, stop, asked: () => asked };
}

const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const counts = (...all: readonly number[]) =>
  `: hello\n\n${all.map((n) => event('count', { n })).join('')}`;
const stream = (text: string) => (response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text);
};
const problem = (code: string, status: number) => ({
  type: `urn:taskfleet:problem:${code}`,
  title: 'No',
  status,
  detail: 'as told',
});

describe('what is watched', () => {
  it('goes on where a stream ended, and tells nothing twice', async () => {
    const { changes, asked } = await telling(stream(counts(1, 2)), stream(counts(2, 3)));
    const seen: number[] = [];
    for await (const { n } of changes) {
      seen.push(n);
      if (n === 3) break;
    }
    expect([seen, asked()]).toEqual([[1, 2, 3], 2]);
  });

  it('goes on after an outage', async () => {
    const away = (response: ServerResponse) => {
      response.writeHead(503).end(JSON.stringify(problem('throttled', 503)));
    };
    const { changes } = await telling(
      stream(counts(1)),
      away,
      (response) => response.destroy(),
      stream(event('problem', problem('fleet-unreachable', 503))),
      stream(counts(4)),
    );
    expect((await changes.next()).value).toEqual({ n: 1 });
    expect((await changes.next()).value).toEqual({ n: 4 });
    await changes.return(undefined);
  });

  it('is given up when nobody answers any more', async () => {
    const { changes, asked } = await telling(stream(''));
    await expect(changes.next()).rejects.toMatchObject({
      code: 'fleet_unreachable',
      message: 'could not follow it: the stream ended',
    });
    expect(asked()).toBe(16);
  });

  it.each([
    ['id-unknown', 404, 'id_unknown'],
    ['credentials-invalid', 401, 'credentials_invalid'],
  ])('ends with the problem %s', async (type, status, code) => {
    const { changes } = await telling(stream(event('problem', problem(type, status))));
    await expect(changes.next()).rejects.toMatchObject({ code });
  });

  it('ends with the reason of its signal', async () => {
    const { changes, stop } = await telling((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(counts(1));
    });
    await changes.next();
    const next = changes.next();
    stop.abort(new Error('enough'));
    await expect(next).rejects.toThrow('enough');
  });
});
