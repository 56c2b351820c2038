import { once } from 'node:events';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { FleetAccess } from '@taskfleet/platform/access';
import type { Identify } from '@taskfleet/platform/identity';
import { FleetUnreachableError } from '../../platform/errors.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { virtualClock, type VirtualClock } from '../fixtures/virtualClock.ts';
import { listen } from './listen.ts';
import { type ApiUnderTest, as, identifyByWord, startApiUnderTest } from './startApiUnderTest.ts';

let api: ApiUnderTest;
let clock: VirtualClock;
/** What is asked of the fleet, instead of what would be. */
let fake: Partial<FleetAccess>;
let revoked: Set<string>;
let looks: string[];

const ann = as('ann', 'scheduler');
const viewer = as('eve', 'viewer');

beforeEach(async () => {
  clock = virtualClock(Date.now(), () => 0.5);
  fake = {};
  revoked = new Set();
  looks = [];
  const identify: Identify = async (authorization) =>
    revoked.has(authorization ?? '') ? undefined : identifyByWord(authorization);
  const change = (access: FleetAccess): FleetAccess => ({
    ...access,
    queues: async () => {
      looks.push('queues');
      return fake.queues ? fake.queues() : access.queues();
    },
  });
  api = await startApiUnderTest({ identify, clock, change, mostListeners: 3 });
});
afterEach(async () => api.stop());

const watch = async (query: string, headers = viewer) => listen(api.address, query, headers);
const read = async (path: string, headers = viewer) => api.ask('GET', path, undefined, headers);
async function schedule(headers = ann): Promise<string> {
  const body = { task: 'echo.say', input: { text: 'hi' }, options: { delay: '1h' } };
  return (await api.ask('POST', '/api/tasks', body, headers)).body['id'];
}
/** Lets seconds pass, one after another, as long as nobody has to wait for more. */
async function pass(seconds: number): Promise<void> {
  for (let i = 0; i < seconds; i += 1) {
    clock.pass(1_000);
    await setImmediate();
  }
}
const queue = (service: string) => ({
  service,
  queue: 'normal' as const,
  visible: 0,
  inFlight: 0,
  delayed: 0,
  deadLetters: 0,
  oldestAt: null,
  paused: false,
});

describe('GET /api/events', () => {
  it('tells what the routes answer, at once and when it has changed', async () => {
    const id = await schedule();
    const listener = await watch(`watch=task&watch=tasks&id=${id}&creator=ann`);
    const first = [await listener.next(), await listener.next(), await listener.next()];
    const [task, tasks] = [await read(`/api/tasks/${id}`), await read('/api/tasks?creator=ann')];
    expect(first).toEqual(
      expect.arrayContaining([
        { name: 'task', data: task.body },
        { name: 'tasks', data: tasks.body },
      ]),
    );
    await api.ask('POST', `/api/tasks/${id}/cancel`, {}, ann);
    await pass(1);
    expect(await listener.nextOf('task')).toMatchObject({ id, state: 'cancelled' });
    listener.leave();
  });

  it.each([
    ['workers', '', '/api/workers'],
    ['worker', '&worker=echo', '/api/workers/echo'],
    ['queues', '', '/api/queues'],
    ['dead-letters', '&service=echo', '/api/dead-letters?service=echo'],
    ['periodic', '', '/api/periodic'],
    ['availability', '', '/api/availability'],
  ])('tells of %s', async (name, query, path) => {
    const listener = await watch(`watch=${name}${query}`);
    const { body } = await read(path);
    expect(await listener.nextOf(name)).toEqual(body);
    listener.leave();
  });

  it('tells of a family as it grows', async () => {
    const id = await schedule();
    const listener = await watch(`watch=family&id=${id}`, ann);
    expect(await listener.nextOf('family')).toMatchObject({ root: id, tasks: [{ id }] });
    listener.leave();
  });

  it('shows everybody what they may see, and nobody what another sees', async () => {
    await schedule(ann);
    await schedule(as('bob', 'scheduler'));
    const [own, all] = [await watch('watch=tasks', ann), await watch('watch=tasks')];
    expect((await own.nextOf('tasks'))?.['tasks']).toMatchObject([{ creator: 'ann' }]);
    expect((await all.nextOf('tasks'))?.['tasks']).toHaveLength(2);
    own.leave();
    all.leave();
  });

  it('asks the same once for all who listen, once a second, and nothing when nobody does', async () => {
    const listeners = [await watch('watch=queues'), await watch('watch=queues&watch=workers')];
    for (const listener of listeners) await listener.nextOf('queues');
    expect(looks).toHaveLength(1);
    fake = { queues: async () => [queue('changed')] };
    await pass(1);
    for (const listener of listeners) {
      expect(await listener.nextOf('queues')).toMatchObject({ queues: [{ service: 'changed' }] });
      listener.leave();
    }
    expect(looks).toHaveLength(2);
    // It hears in its own time that they have left.
    await expect.poll(async () => looksIn(2)).toBe(0);
    expect(await looksIn(30)).toBe(0);
  });

  it('says nothing when nothing has changed, but that it lives', async () => {
    fake = { queues: async () => [queue('same')] };
    const listener = await watch('watch=queues');
    await listener.nextOf('queues');
    await pass(15);
    expect(looks.length).toBeGreaterThan(10);
    expect(await listener.next()).toEqual({ name: 'comment', data: {} });
    listener.leave();
  });

  it('tells of what cannot be answered, and goes on when it can', async () => {
    fake = {
      queues: async () => {
        throw new FleetUnreachableError('look into the queues', new Error('away'));
      },
    };
    const listener = await watch('watch=queues');
    expect(await listener.nextOf('problem')).toMatchObject({
      type: 'urn:taskfleet:problem:fleet-unreachable',
      status: 503,
      watch: 'queues',
    });
    fake = {};
    await pass(1);
    expect(await listener.nextOf('queues')).toMatchObject({ queues: [{ service: 'echo' }, {}] });
    listener.leave();
  });

  it.each([
    ['nothing', '', 400],
    ['what is not there', 'watch=everything', 400],
    ['one task without saying which', 'watch=task', 400],
    ['with a parameter that nothing takes', 'watch=task&id=x&limit=5', 400],
    ['with an unknown parameter', 'watch=tasks&colour=red', 400],
    ['with a value that does not fit', 'watch=tasks&limit=0', 400],
    ['what one may not see', 'watch=tasks&watch=queues', 403],
  ])('refuses to watch %s', async (_what, query, status) => {
    const refused = await read(`/api/events?${query}`, ann);
    expect(refused).toMatchObject({ status, body: { status } });
  });

  it('names what can be watched', async () => {
    const { body } = await read('/api/events?watch=everything', ann);
    expect(body['detail']).toMatch(/^querystring\.watch: expected one to 16 of .*\btasks\b/);
  });

  it('asks who listens, again and again', async () => {
    expect(await api.ask('GET', '/api/events?watch=queues')).toMatchObject({ status: 401 });
    const listener = await watch('watch=queues');
    await listener.nextOf('queues');
    revoked.add(viewer['authorization'] ?? '');
    await pass(15);
    const type = 'urn:taskfleet:problem:unauthenticated';
    expect(await listener.nextOf('problem')).toMatchObject({ type, status: 401 });
    expect(await listener.next()).toBeUndefined();
  });

  it('has so many listeners, and no more until one has left', async () => {
    const [first, ...others] = await Promise.all([1, 2, 3].map(async () => watch('watch=queues')));
    const refused = await read('/api/events?watch=queues');
    expect(refused).toMatchObject({
      status: 503,
      body: { type: 'urn:taskfleet:problem:too-many-listeners' },
    });
    expect(refused.headers.get('retry-after')).toBe('5');
    first?.leave();
    await expect.poll(statusOfOneMore).toBe(200);
    for (const other of others) other.leave();
  });

  it('cuts off who does not read', async () => {
    const large = 'x'.repeat(32_000_000);
    fake = { queues: async () => [queue(`${large}${looks.length}`)] };
    const { port, hostname } = new URL(api.address);
    const socket = connect(Number(port), hostname);
    const headers = `Host: ${hostname}\r\nAuthorization: ${viewer['authorization']}`;
    socket.write(`GET /api/events?watch=queues HTTP/1.1\r\n${headers}\r\n\r\n`);
    await once(socket, 'readable');
    for (let beat = 0; beat < 3; beat += 1) await pass(15);
    const closed = once(socket, 'close');
    socket.on('error', () => undefined).resume();
    await closed;
    expect(socket.bytesRead).toBeLessThan(2 * large.length);
  });

  it('ends when the API stops, which waits for nobody who listens', async () => {
    const listener = await watch('watch=queues');
    await listener.nextOf('queues');
    const stopped = api.stop();
    expect(await listener.nextOf('never')).toBeUndefined();
    await stopped;
  });
});

/** How often the fleet is looked at in so many seconds. */
async function looksIn(seconds: number): Promise<number> {
  const before = looks.length;
  await pass(seconds);
  return looks.length - before;
}

async function statusOfOneMore(): Promise<number> {
  const leaving = new AbortController();
  const url = `${api.address}/api/events?watch=workers`;
  const { status } = await fetch(url, { headers: viewer, signal: leaving.signal });
  leaving.abort();
  return status;
}
