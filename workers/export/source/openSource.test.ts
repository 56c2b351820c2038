import { NonRetryableError, RetryAfter } from '@taskfleet/toolbox/contract';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '../demo/faults.ts';
import type { HostApiOptions } from '../demo/hostApi.ts';
import { madeProject } from '../demo/madeProject.ts';
import { type Host, startHost, TOKEN } from '../testing/startHost.ts';
import { AllowedOrigins } from './allowedOrigins.ts';
import { network } from './network.ts';
import { openSource } from './openSource.ts';

const project = madeProject(25);
const open: Host[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (host) => host[Symbol.asyncDispose]()));
});

async function hostWith(options: Partial<HostApiOptions> = {}): Promise<Host> {
  const host = await startHost({ projects: { 'ilha/made': project }, pageSize: 10, ...options });
  open.push(host);
  return host;
}

interface Asking {
  readonly token?: string;
  readonly slug?: string;
  readonly signal?: AbortSignal;
  readonly sources?: readonly string[];
}

/** Reads a host, and keeps the pauses that it would have made. */
function reading(
  source: string,
  { token = TOKEN, slug = 'made', sources = [], signal }: Asking = {},
) {
  const pauses: number[] = [];
  const pause = async (milliseconds: number) => void pauses.push(milliseconds);
  const parts = { ...network, pause, origins: new AllowedOrigins(sources) };
  const where = { org: 'ilha', project: slug, source, token };
  const opened = openSource(parts, where, signal ?? new AbortController().signal);
  const ids = async () => {
    const all: unknown[] = [];
    for await (const { rows } of opened.pages('parties')) all.push(...rows.map(({ id }) => id));
    return all;
  };
  return { pauses, opened, ids };
}

const once = (fault: Fault) => (_path: string, number: number) =>
  number === 2 ? fault : undefined;

test('reads every page in order', async () => {
  const { source, asked } = await hostWith();
  expect(await reading(source).ids()).toEqual(Array.from({ length: 13 }, (_, i) => `party-${i}`));
  expect(asked).toHaveLength(2);
});

test.each<[string, Fault, number[]]>([
  ['seconds', { kind: 'tooMany', retryAfter: '7' }, [7_000]],
  ['no seconds that it understands', { kind: 'tooMany', retryAfter: 'soon' }, [500]],
  ['an error of the host', { kind: 'broken', status: 503 }, [500]],
  ['what is no JSON', { kind: 'noJson' }, [500]],
  ['a connection that breaks off', { kind: 'cutOff' }, [500]],
])('asks again after %s', async (_, fault, pauses) => {
  const host = await hostWith({ faults: once(fault) });
  const read = reading(host.source);
  expect(await read.ids()).toHaveLength(13);
  expect(read.pauses).toEqual(pauses);
});

test('gives up after five tries, and says what came', async () => {
  const host = await hostWith({ faults: () => ({ kind: 'broken', status: 502 }) });
  const read = reading(host.source);
  const { origin } = new URL(host.source);
  await expect(read.ids()).rejects.toThrow(`parties, page 1: ${origin} answered 502, 5 times`);
  expect(read.pauses).toEqual([500, 1_000, 2_000, 4_000]);
});

test('gives its place to others when the host wants to be left alone for long', async () => {
  const host = await hostWith({ faults: once({ kind: 'tooMany', retryAfter: '600' }) });
  const error = await reading(host.source)
    .ids()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(RetryAfter);
  expect(error).toMatchObject({ delayMs: 600_000 });
});

test('says that nothing listens there', async () => {
  const host = await startHost({ projects: {} });
  await host[Symbol.asyncDispose]();
  await expect(reading(host.source).ids()).rejects.toThrow(
    'does not answer (ECONNREFUSED), 5 times',
  );
});

async function refusal(host: Host, asking: Asking = {}): Promise<string> {
  const error = await reading(host.source, asking)
    .ids()
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(NonRetryableError);
  const { message } = error as Error;
  expect(message).not.toContain(TOKEN);
  return message.replaceAll(new URL(host.source).origin, 'http://host');
}

describe('fails for good', () => {
  test('on a token that the host does not take', async () => {
    expect(await refusal(await hostWith(), { token: 'another' })).toBe(
      'parties, page 1: http://host answered 401: it does not take the token, which may have expired',
    );
  });

  test('on a project that the host does not have', async () => {
    expect(await refusal(await hostWith(), { slug: 'other' })).toBe(
      'parties, page 1: http://host answered 404: it has no such project',
    );
  });

  test('on a redirect to another origin, which never sees the token', async () => {
    const other = await hostWith();
    const host = await hostWith({ faults: once({ kind: 'redirect', to: `${other.source}/x` }) });
    expect(await refusal(host)).toContain('parties, page 2: expected a page of http://host, got');
    expect(other.asked).toEqual([]);
  });

  test.each([
    [
      'of another origin',
      'http://127.0.0.1:9/api/x',
      'expected a page of http://host, got one of http://127.0.0.1:9',
    ],
    ['that came before', '', 'expected another page, got one of before again'],
    ['that is no address', 'http://', 'next: expected an address'],
  ])('on a next page %s', async (_, next, message) => {
    expect(await refusal(await answering({ count: 1, next: next || '?', results: [] }))).toContain(
      message,
    );
  });

  test.each([
    ['results.1.id', { count: 2, next: null, results: [{ id: 1 }, {}] }],
    ['count', { next: null, results: [] }],
    ['results', { count: 2, next: null, results: 'none' }],
  ])('on a page whose %s is wrong, and names it', async (field, page) => {
    expect(await refusal(await answering(page))).toMatch(
      new RegExp(`^parties, page 1: ${field}: .+`),
    );
  });

  test.each([
    ['http://10.0.0.1/api', [], 'expected an address of this machine, got http://10.0.0.1'],
    ['http://169.254.169.254/api', [], 'got http://169.254.169.254'],
    ['http://localhost.example.org/api', [], 'got http://localhost.example.org'],
    [
      'http://a.example.org/api',
      ['https://a.example.org'],
      'expected one of https://a.example.org',
    ],
    ['http://127.0.0.1/api', ['https://a.example.org'], 'got http://127.0.0.1'],
  ])('on %s when %j may be read', (source, sources, message) => {
    expect(() => reading(source, { sources })).toThrow(NonRetryableError);
    expect(() => reading(source, { sources })).toThrow(message);
  });
});

/** A host that answers every request alike. */
async function answering(body: object): Promise<Host> {
  const server = createServer((_, response) => response.end(JSON.stringify(body)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host: Host = {
    source: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    asked: [],
    requests: [],
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
  open.push(host);
  return host;
}

describe('a download', () => {
  const body = async (bytes: AsyncIterable<Uint8Array>) => {
    const all: Uint8Array[] = [];
    for await (const some of bytes) all.push(some);
    return Buffer.concat(all);
  };

  test('is made again when it breaks off', async () => {
    const host = await hostWith({
      faults: (_, number) => (number === 1 ? { kind: 'cutOff' } : undefined),
    });
    let got = Buffer.alloc(0);
    const { opened, pauses } = reading(host.source);
    const address = new URL('/files/ilha/made/deed.txt', host.source).href;
    expect(
      await opened.download(address, 'deed', async (bytes) => void (got = await body(bytes))),
    ).toBe(true);
    expect(got.length).toBe(20_000);
    expect(pauses).toEqual([500]);
  });

  test('carries the token to the source alone', async () => {
    const other = await hostWith({ projects: {} });
    const host = await hostWith();
    const { opened } = reading(host.source);
    await opened
      .download(`${other.source}/secret.txt`, 'deed', async () => undefined)
      .catch(() => undefined);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('follows a redirect without the token', async () => {
    const other = await hostWith({ projects: {} });
    const host = await hostWith({
      faults: () => ({ kind: 'redirect', to: `${other.source}/deed` }),
    });
    const { opened } = reading(host.source);
    await opened.download('/files/deed.txt', 'deed', async () => undefined).catch(() => undefined);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('is not made from an origin that may not be read', async () => {
    const { source, asked } = await hostWith();
    const { opened } = reading(source, { sources: [source] });
    expect(await opened.download('http://10.0.0.1/x', 'deed', async () => undefined)).toBe(false);
    expect(asked).toEqual([]);
  });
});

test('stops when the attempt ends, also while it waits for an answer', async () => {
  const abort = new AbortController();
  const host = await hostWith({
    onRequest: () => abort.abort(new Error('the end')),
    faults: () => ({ kind: 'slow', milliseconds: 60_000 }),
  });
  const read = reading(host.source, { signal: abort.signal });
  await expect(read.ids()).rejects.toThrow('the end');
});
