import { type ApiDeps, startApi } from '@taskfleet/platform/api';
import { identifyLocal } from '@taskfleet/platform/identity';
import { createOwnMetrics } from '@taskfleet/platform/metrics';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askAt } from '../api/startApiUnderTest.ts';
import { quiet } from '../fixtures/startParts.ts';
import { officeFleet } from './officeFleet.ts';
import { openOffice } from './openOffice.ts';

const PATIENCE = { timeout: 30_000 } as const;

let started: AsyncDisposableStack;
beforeEach(() => {
  started = new AsyncDisposableStack();
});
afterEach(async () => started.disposeAsync());

async function openApi() {
  const { access, refused } = (await openOffice(started)).start();
  const deps: ApiDeps = {
    fleet: officeFleet,
    access,
    identity: { kind: 'open' as const },
    identify: identifyLocal,
    metrics: createOwnMetrics(),
    clock: systemClock,
    log: quiet,
  };
  const listening = { host: '127.0.0.1', port: 0 };
  const api = started.adopt(await startApi(deps, listening), async (a) => a.stop());
  const ask = askAt(api.address);
  const post = async (path: string, body: unknown = {}) => ask('POST', path, body);
  return { refused, ask, post };
}

it("does what is asked of tasks, with the platform's role alone", async () => {
  const { ask, post, refused } = await openApi();
  const shout = (text: string, options = {}) => ({
    task: 'office.shout',
    input: { text, times: 1 },
    options,
  });
  const schedule = async (text: string, options = {}): Promise<string> =>
    (await post('/api/tasks', shout(text, options))).body['id'];
  const stateOf = async (id: string) => (await ask('GET', `/api/tasks/${id}`)).body['state'];
  const large = await schedule('x'.repeat(300_000));
  await expect.poll(async () => stateOf(large), PATIENCE).toBe('succeeded');
  expect((await ask('GET', `/api/tasks/${large}/output`)).status).toBe(200);
  expect((await post(`/api/tasks/${large}/retry`)).status).toBe(202);
  const failed = await schedule('fail');
  const linesOf = async (id: string) => (await ask('GET', `/api/tasks/${id}/log`)).body['lines'];
  await expect.poll(async () => linesOf(failed), PATIENCE).toMatchObject([{ message: 'shouting' }]);
  const later = await schedule('later', { delay: '1h', durable: true, idempotencyKey: 'k' });
  expect((await post(`/api/tasks/${later}/reschedule`, { delay: '2h' })).status).toBe(200);
  expect((await ask('GET', `/api/families/${later}`)).status).toBe(200);
  expect((await post(`/api/tasks/${later}/cancel`)).status).toBe(202);
  const other = await schedule('later', { delay: '1h' });
  expect((await post(`/api/tasks/${other}/family/cancel`)).status).toBe(202);
  expect((await ask('GET', '/api/tasks?lost=true')).status).toBe(200);
  expect((await ask('GET', '/readyz')).status).toBe(200);
  expect(refused()).toEqual([]);
});

it("operates the fleet, with the platform's role alone", async () => {
  const { ask, post, refused } = await openApi();
  const none = await ask(
    'GET',
    `/api/artifacts/${encodeURIComponent('artifact:uploads/none.txt')}`,
  );
  expect(none.status).toBe(404);
  const listed = async (path: string, name: string) => (await ask('GET', path)).body[name];
  await expect
    .poll(async () => listed('/api/workers', 'workers'), PATIENCE)
    .toMatchObject([{ processes: [{ worker: 'office' }] }]);
  const order = { order: { kind: 'pause' }, wait: 20_000 };
  expect((await post('/api/workers/office/orders', order)).body).toEqual({ heard: true });
  expect(await listed('/api/queues', 'queues')).toMatchObject([
    { paused: true },
    { paused: false },
  ]);
  const yearly = { name: 'yearly', cron: '@yearly', task: 'office.whisper', input: { text: 'x' } };
  expect((await post('/api/periodic', yearly)).status).toBe(201);
  for (const action of ['pause', 'resume', 'run']) {
    expect((await post(`/api/periodic/yearly/${action}`)).body).not.toHaveProperty('status');
  }
  expect(await listed('/api/periodic', 'periodic')).toHaveLength(1);
  expect((await ask('DELETE', '/api/periodic/yearly')).status).toBe(204);
  expect((await post('/api/dead-letters/redrive', { service: 'office' })).status).toBe(202);
  expect((await post('/api/dead-letters/purge', { service: 'office' })).status).toBe(202);
  // Its worker is paused: what the periodic task has scheduled waits too.
  const waits = { task: 'office.shout', input: { text: 'waits', times: 1 } };
  const waiting = (await post('/api/tasks', waits)).body['id'];
  const { body: purged } = await post('/api/queues/office/purge');
  expect(purged['cancelled']).toContain(waiting);
  expect((await ask('GET', '/api/dead-letters')).status).toBe(200);
  expect((await ask('GET', '/api/contracts')).status).toBe(200);
  const metrics = await ask('GET', '/metrics');
  const read = [...JSON.stringify(metrics.body).matchAll(/taskfleet_source_up\{[^}]*\} (\d)/g)];
  expect(read.map(([, up]) => up)).toEqual(['1', '1', '1', '1']);
  // Kept by the platform every minute.
  const history = async () => (await listed('/api/queues/history', 'services'))[0].points.at(-1);
  await expect.poll(history, PATIENCE).toMatchObject({ visible: expect.any(Number) });
  expect(refused()).toEqual([]);
});
