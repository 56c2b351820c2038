import { readFileSync } from 'node:fs';
import { putArtifact } from '@taskfleet/toolbox/artifacts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { messageBody, newId } from '../platform/startPlatformUnderTest.ts';
import { pathsOf } from './documented.ts';
import { listen } from './listen.ts';
import { type ApiUnderTest, startApiUnderTest } from './startApiUnderTest.ts';

let api: ApiUnderTest;
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  api = await startApiUnderTest();
  running.push(
    api.platform.startWatcher(),
    api.platform.startEcho({
      'echo.say': ({ text }) => ({ said: text }),
      'echo.ask': ({ children }) => ({ asked: children }),
    }),
  );
});
afterAll(async () => {
  await Promise.all(running.map(async (one) => one.stop()));
  await api.stop();
});

const get = async (path: string) => api.ask('GET', path);
const post = async (path: string, body: unknown = {}) => api.ask('POST', path, body);
const PATIENCE = 20_000;

async function schedule(options: object = {}): Promise<string> {
  const { body } = await post('/api/tasks', { task: 'echo.say', input: { text: 'hi' }, options });
  return body['id'];
}

async function succeeded(): Promise<string> {
  const id = await schedule();
  const hasEnded = async () => (await get(`/api/tasks/${id}`)).body['state'] === 'succeeded';
  await vi.waitUntil(hasEnded, PATIENCE);
  return id;
}

async function buried(): Promise<string> {
  const id = newId();
  await api.platform.publish(messageBody({ id, task: 'echo.sing' }));
  await vi.waitUntil(async () => (await get(`/api/dead-letters/${id}`)).status === 200, PATIENCE);
  return id;
}

async function added(name: string) {
  return post('/api/periodic', { name, task: 'echo.say', input: { text: 'hi' }, cron: '@yearly' });
}

async function stored(key: string): Promise<string> {
  const body = new TextEncoder().encode('text');
  await putArtifact(api.platform.bucket, { key, body, contentType: 'text/plain' });
  return encodeURIComponent(`artifact:${key}`);
}

const deferred = { delay: '1h' };

/** Of each route a request that it grants. Other files have what it refuses, and why. */
const REQUESTS: Readonly<Record<string, () => Promise<{ readonly status: number }>>> = {
  'get /healthz': async () => get('/healthz'),
  'get /readyz': async () => get('/readyz'),
  showSignIn: async () => get('/api/sign-in'),
  readMe: async () => get('/api/me'),
  listContracts: async () => get('/api/contracts'),
  readAvailability: async () => get('/api/availability'),
  scheduleTask: async () => post('/api/tasks', { task: 'echo.say', input: { text: 'hi' } }),
  listTasks: async () => get('/api/tasks'),
  readTask: async () => get(`/api/tasks/${await schedule()}`),
  readOutput: async () => get(`/api/tasks/${await succeeded()}/output`),
  readLog: async () => get(`/api/tasks/${await schedule()}/log`),
  readFamily: async () => get(`/api/families/${await schedule()}`),
  cancelTask: async () => post(`/api/tasks/${await schedule(deferred)}/cancel`),
  cancelFamily: async () => post(`/api/tasks/${await schedule(deferred)}/family/cancel`),
  retryTask: async () => post(`/api/tasks/${await succeeded()}/retry`),
  rescheduleTask: async () => post(`/api/tasks/${await schedule(deferred)}/reschedule`, deferred),
  readArtifact: async () => get(`/api/artifacts/${await stored('uploads/a.txt')}?redirect=false`),
  watchEvents: async () => {
    const listener = await listen(api.address, 'watch=workers');
    await listener.nextOf('workers');
    listener.leave();
    return { status: 200 };
  },
  listWorkers: async () => get('/api/workers'),
  readWorker: async () => get('/api/workers/echo'),
  orderWorker: async () => post('/api/workers/echo/orders', { order: { kind: 'resume' } }),
  readQueueHistory: async () => get('/api/queues/history'),
  purgeQueue: async () => post('/api/queues/echo/purge', {}),
  listQueues: async () => get('/api/queues'),
  listDeadLetters: async () => get('/api/dead-letters'),
  readDeadLetter: async () => get(`/api/dead-letters/${await buried()}`),
  redriveDeadLetter: async () => post(`/api/dead-letters/${await buried()}/redrive`),
  redriveDeadLetters: async () => post('/api/dead-letters/redrive', { service: 'echo' }),
  purgeDeadLetter: async () => post(`/api/dead-letters/${await buried()}/purge`),
  purgeDeadLetters: async () => post('/api/dead-letters/purge', { service: 'echo' }),
  readMetrics: async () => get('/metrics'),
  readStatistics: async () => get('/api/statistics'),
  listPeriodic: async () => get('/api/periodic'),
  addPeriodic: async () => added('one'),
  readPeriodic: async () => {
    await added('two');
    return get('/api/periodic/two');
  },
  removePeriodic: async () => {
    await added('three');
    return api.ask('DELETE', '/api/periodic/three');
  },
  pausePeriodic: async () => {
    await added('four');
    return post('/api/periodic/four/pause');
  },
  resumePeriodic: async () => {
    await added('five');
    return post('/api/periodic/five/resume');
  },
  runPeriodic: async () => {
    await added('six');
    return post('/api/periodic/six/run');
  },
  listKeys: async () => get('/api/keys'),
  createKey: async () => post('/api/keys', { name: 'ci', roles: ['viewer'] }),
  revokeKey: async () => {
    const { body } = await post('/api/keys', { name: 'ci', roles: ['viewer'] });
    return api.ask('DELETE', `/api/keys/${body['id']}`);
  },
  mintToken: async () => post('/api/tokens', { name: 'export', roles: ['scheduler'] }),
  listAudit: async () => get('/api/audit'),
};

describe('the API', () => {
  it('has no route that is not asked here, and none that is not there any more', async () => {
    const paths = Object.entries(await pathsOf(api.address));
    const routes = paths.flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, { operationId }]) => operationId ?? `${method} ${path}`,
      ),
    );
    expect(Object.keys(REQUESTS).toSorted()).toEqual(routes.toSorted());
  });

  it('is described in the documentation, route by route', async () => {
    const paths = Object.entries(await pathsOf(api.address));
    const routes = paths.flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `\`${method.toUpperCase()} ${path}\``),
    );
    const documented = readFileSync('docs/api.md', 'utf8').match(/`[A-Z]+ \/[^` ]*`/g) ?? [];
    expect([...new Set(documented)].toSorted()).toEqual(routes.toSorted());
  });

  it.each(Object.entries(REQUESTS))('grants %s', async (_route, request) => {
    const { status } = await request();
    expect(status).toBeGreaterThanOrEqual(200);
    expect(status).toBeLessThan(300);
  });
});
