import type { FleetAccess } from '@taskfleet/platform/access';
import { createOwnMetrics } from '@taskfleet/platform/metrics';
import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import { bucketLimits, Statistics } from '@taskfleet/toolbox/statistics';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readFileSync } from 'node:fs';
import { quiet } from '../fixtures/startParts.ts';
import { say } from '../platform/sampleFleet.ts';
import { messageBody, newId } from '../platform/startPlatformUnderTest.ts';
import { listen } from './listen.ts';
import { type ParsedFamily, parseMetrics } from './parseMetrics.ts';
import { type ApiUnderTest, startApiUnderTest } from './startApiUnderTest.ts';

const MINUTE_MS = 60_000;
const PATIENCE = { timeout: 20_000 } as const;

/** Whether each thing that is read hangs or fails; how often it was asked for. */
interface Faults {
  kind: 'none' | 'fails' | 'hangs';
  asked: number;
}

let api: ApiUnderTest;
let shiftMs: number;
let faults: Faults;
const own = createOwnMetrics();
own.observeProcess();
own.watch({
  table: { availability: () => ({ available: true }) },
  topic: { availability: () => ({ available: false, since: 0, retryAfterMs: 1, reason: 'gone' }) },
});

/** What waits for something that hangs gives up at once. */
const clock: Clock = {
  ...systemClock,
  now: () => systemClock.now() + shiftMs,
  monotonic: () => systemClock.monotonic() + shiftMs,
  sleep: async (ms, signal) => systemClock.sleep(faults.kind === 'hangs' ? 0 : ms, signal),
};

function faulty(access: FleetAccess): FleetAccess {
  const through =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      faults.asked += 1;
      if (faults.kind === 'fails') throw new Error('away');
      if (faults.kind === 'hangs') return new Promise<T>(() => undefined);
      return call(...args);
    };
  return {
    ...access,
    countMinutes: through(access.countMinutes),
    queues: through(access.queues),
    dueLag: through(access.dueLag),
    workers: { ...access.workers, list: through(async (worker) => access.workers.list(worker)) },
  };
}

beforeEach(async () => {
  faults = { kind: 'none', asked: 0 };
  // Ten seconds into a minute, so that none ends in between.
  shiftMs = MINUTE_MS + 10_000 - (systemClock.now() % MINUTE_MS);
  api = await startApiUnderTest({ clock, metrics: own, change: faulty });
});
afterEach(async () => api.stop());

async function scrape(address = api.address): Promise<ReadonlyMap<string, ParsedFamily>> {
  const response = await fetch(`${address}/metrics`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  return parseMetrics(await response.text());
}

type Families = Awaited<ReturnType<typeof scrape>>;

/** The value of the series with these labels. */
function valueOf(families: Families, name: string, labels: object = {}): number | undefined {
  const family = [...families.values()].find((one) => name.startsWith(one.name));
  const wanted = JSON.stringify(Object.entries(labels).toSorted());
  const found = families.get(name)?.series ?? family?.series ?? [];
  return found.find(
    (one) => one.name === name && JSON.stringify(Object.entries(one.labels).toSorted()) === wanted,
  )?.value;
}

/** Past what was read last, and past the end of a minute that was counted. */
function pass(ms: number): void {
  shiftMs += ms;
}

async function count(of: (statistics: Statistics) => void): Promise<void> {
  const { table } = api.platform;
  const statistics = new Statistics({ table, writer: 'echo', clock, log: quiet });
  of(statistics);
  await statistics.stop();
}

const OURS = (name: string) => name.startsWith('taskfleet_');

describe('GET /metrics', () => {
  it('has what docs/metrics.md says, of these types and with these labels', async () => {
    const listener = await listen(api.address, 'watch=workers');
    await listener.nextOf('workers');
    await fetch(`${api.address}/healthz`);
    const families = await scrape();
    listener.leave();
    const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| `(\w+)` *\| (\w+) *\| ([^|]*?) *\|/gm)];
    const documented = rows.map(([, name, type, labels = '']) => {
      return [name, type, [...labels.matchAll(/`(\w+)`/g)].map(([, label]) => label).toSorted()];
    });
    const actual = [...families.values()]
      .filter(({ name }) => OURS(name))
      .map(({ name, type, series }) => [name, type, labelsOf(series)]);
    expect(documented.toSorted()).toEqual(actual.toSorted());
    expect([...families.keys()]).toContain('process_resident_memory_bytes');
    expect([...families.keys()]).toContain('nodejs_eventloop_lag_seconds');
    const asked = [...page.matchAll(/\btaskfleet_\w+/g)].map(([name]) => name);
    const known = new Set(actual.map(([name]) => String(name)));
    const unknown = asked.filter((name) => !known.has(name.replace(/_(bucket|count)$/, '')));
    expect(unknown).toEqual([]);
  });

  it('counts what tasks became from minutes that are over, and never less than before', async () => {
    await count((statistics) => statistics.count(say.name, 'failed'));
    expect(
      valueOf(await scrape(), 'taskfleet_tasks_total', { task: say.name, state: 'failed' }),
    ).toBe(0);
    pass(MINUTE_MS);
    await count((statistics) => {
      statistics.count(say.name, 'succeeded');
      statistics.count(say.name, 'retried');
      statistics.count('echo.invented', 'succeeded');
      for (const ms of [10, 11, 300, 1e9]) statistics.time(say.name, 'run', ms);
      statistics.time(say.name, 'wait', 15_000);
    });
    pass(2 * MINUTE_MS);
    const families = await scrape();
    const task = say.name;
    const of = (name: string, labels: object = {}) => valueOf(families, name, { task, ...labels });
    expect(of('taskfleet_tasks_total', { state: 'succeeded' })).toBe(1);
    // It was counted before this replica began, in the minute of its start.
    expect(of('taskfleet_tasks_total', { state: 'failed' })).toBe(0);
    expect(of('taskfleet_attempts_retried_total')).toBe(1);
    const run = 'taskfleet_attempt_duration_seconds';
    expect(of(`${run}_count`)).toBe(4);
    const below = (le: string) => of(`${run}_bucket`, { le });
    expect(['0.01', '0.02', '0.2', '0.5', '50000', '+Inf'].map(below)).toEqual([1, 2, 2, 3, 3, 4]);
    expect(families.get(run)?.series.length).toBe(3 * (bucketLimits().length + 1));
    expect(of('taskfleet_task_wait_seconds_bucket', { le: '10' })).toBe(0);
    expect(of('taskfleet_task_wait_seconds_bucket', { le: '20' })).toBe(1);
    expect(JSON.stringify([...families])).not.toContain('echo.invented');
    pass(MINUTE_MS);
    expect(valueOf(await scrape(), 'taskfleet_tasks_total', { task, state: 'succeeded' })).toBe(1);
  });

  it('says what waits, what is due, what died, and who works', async () => {
    const { scheduler, send } = api.platform;
    await scheduler.schedule(say, { text: 'a' });
    await scheduler.schedule(say, { text: 'b' }, { delay: '1h' });
    await send(messageBody({ id: newId() }));
    const worker = { worker: 'echo' };
    const before = await scrape();
    const waiting = { service: 'echo', queue: 'normal', state: 'visible' };
    expect(valueOf(before, 'taskfleet_queue_messages', waiting)).toBe(1);
    expect(valueOf(before, 'taskfleet_queue_messages', { ...waiting, service: 'platform' })).toBe(
      2,
    );
    expect(valueOf(before, 'taskfleet_dead_letters', { service: 'echo' })).toBe(0);
    expect(valueOf(before, 'taskfleet_worker_paused', worker)).toBe(0);
    expect(valueOf(before, 'taskfleet_worker_processes', { ...worker, state: 'running' })).toBe(0);
    expect(valueOf(before, 'taskfleet_due_lag_seconds')).toBe(0);
    expect(valueOf(before, 'taskfleet_breaker_open', { breaker: 'table' })).toBe(0);
    expect(valueOf(before, 'taskfleet_breaker_open', { breaker: 'topic' })).toBe(1);
    const echo = api.platform.startEcho({
      'echo.say': ({ text }) => ({ said: text }),
      'echo.ask': ({ children }) => ({ asked: children }),
    });
    await expect.poll(async () => (await api.access.workers.list()).length, PATIENCE).toBe(1);
    await vi.waitFor(async () => expect((await api.access.queues())[0]?.visible).toBe(0), PATIENCE);
    pass(10_000);
    const during = await scrape();
    expect(valueOf(during, 'taskfleet_worker_processes', { ...worker, state: 'running' })).toBe(1);
    expect(valueOf(during, 'taskfleet_worker_slots', worker)).toBeGreaterThan(0);
    expect(valueOf(during, 'taskfleet_queue_messages', waiting)).toBe(0);
    await echo.stop();
  });

  it('tells by how much the dispatcher is behind, whoever it is', async () => {
    const { scheduler } = api.platform;
    await scheduler.schedule(say, { text: 'b' }, { delay: '1s' });
    const dueLag = async () => {
      pass(10_000);
      return valueOf(await scrape(), 'taskfleet_due_lag_seconds');
    };
    // The table's clock is the machine's: what is due is late by it.
    await expect.poll(async () => api.access.dueLag(), PATIENCE).toBeGreaterThan(0);
    expect(await dueLag()).toBeGreaterThan(0);
  });

  it('asks the fleet once for all who scrape within some seconds', async () => {
    await Promise.all([scrape(), scrape(), scrape()]);
    // Nothing of a minute that is over.
    expect(faults.asked).toBe(3);
    pass(3 * MINUTE_MS);
    await Promise.all([scrape(), scrape()]);
    expect(faults.asked).toBe(7);
  });

  it.each(['fails', 'hangs'] as const)(
    'leaves out what %s, says so, and goes on counting when it is back',
    async (kind) => {
      await scrape();
      pass(MINUTE_MS);
      await count((statistics) => statistics.count(say.name, 'succeeded'));
      pass(2 * MINUTE_MS);
      faults.kind = kind;
      const without = await scrape();
      const succeeded = { task: say.name, state: 'succeeded' };
      expect(valueOf(without, 'taskfleet_tasks_total', succeeded)).toBe(0);
      for (const name of ['queue_messages', 'worker_processes', 'due_lag_seconds']) {
        expect([name, without.has(`taskfleet_${name}`)]).toEqual([name, false]);
      }
      for (const source of ['statistics', 'queues', 'workers', 'due']) {
        expect(valueOf(without, 'taskfleet_source_up', { source })).toBe(0);
        expect(valueOf(without, 'taskfleet_scrape_problems_total', { source })).toBeGreaterThan(0);
      }
      expect(valueOf(without, 'process_cpu_user_seconds_total')).toBeGreaterThan(0);
      if (kind === 'hangs') return;
      faults.kind = 'none';
      pass(10_000);
      const again = await scrape();
      expect(valueOf(again, 'taskfleet_source_up', { source: 'queues' })).toBe(1);
      expect(valueOf(again, 'taskfleet_tasks_total', succeeded)).toBe(1);
      expect(again.has('taskfleet_queue_messages')).toBe(true);
    },
  );

  it('times answers by route and status, and names no path that nobody has declared', async () => {
    const id = newId();
    await fetch(`${api.address}/api/tasks/${id}`);
    await fetch(`${api.address}/nowhere/${id}`);
    const families = await scrape();
    const times = 'taskfleet_http_request_duration_seconds_count';
    const of = (route: string) => valueOf(families, times, { method: 'GET', route, status: '404' });
    expect(of('/api/tasks/:id')).toBe(1);
    expect(of('none')).toBe(1);
    expect(JSON.stringify([...families])).not.toContain(id);
  });
});

function labelsOf(series: ParsedFamily['series']): readonly string[] {
  const names = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  names.delete('le');
  return [...names].toSorted();
}
