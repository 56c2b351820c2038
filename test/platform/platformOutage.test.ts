import type { SQSClient } from '@aws-sdk/client-sqs';
import { createOwnMetrics } from '@taskfleet/platform/metrics';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterEach, describe, expect, it } from 'vitest';
import { serviceSpec } from '../../infra/local/services.ts';
import { platformConfig } from '../../platform/platformConfig.ts';
import { startPlatform } from '../../platform/startPlatform.ts';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import { clientsOf, schedulerOn } from '../fixtures/startParts.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';
import { sampleFleet, say } from './sampleFleet.ts';

const PATIENCE = { timeout: 20_000, interval: 20 } as const;
const started = new AsyncDisposableStack();
afterEach(async () => started.disposeAsync());

/** What the platform receives: how many receives were begun and are under way, and how often each task came. */
function observeReceives(...all: readonly SQSClient[]) {
  const seen = { begun: 0, underWay: 0, timesOf: new Map<TaskId, number>() };
  for (const sqs of all) {
    sqs.middlewareStack.add((next, { commandName }) => async (args) => {
      if (commandName !== 'ReceiveMessageCommand') return next(args);
      seen.begun += 1;
      seen.underWay += 1;
      const answer = await next(args).finally(() => (seen.underWay -= 1));
      const { Messages = [] } = answer.output as { Messages?: { Body: string }[] };
      for (const { Body } of Messages) {
        const { id } = JSON.parse(Body) as { id: TaskId };
        seen.timesOf.set(id, (seen.timesOf.get(id) ?? 0) + 1);
      }
      return answer;
    });
  }
  return seen;
}

async function startPlatformOnStack() {
  const stack = started.adopt(await startRestartableStack(sampleFleet), async (s) => s.stop());
  const { environment } = serviceSpec({ ...stack, service: 'platform', inherited: {} });
  const config = platformConfig(environment);
  const [clients, watcherSqs, own] = [clientsOf(stack), clientsOf(stack).sqs, clientsOf(stack)];
  const seen = observeReceives(clients.sqs, watcherSqs);
  const logged = memoryLog();
  const breaker = { probeIntervalMs: 100 };
  const metrics = createOwnMetrics();
  const running = { fleet: sampleFleet, config, clients, watcherSqs, breaker, holder: 'test' };
  const platform = startPlatform({ ...running, metrics, clock: systemClock, log: logged.log });
  started.defer(async () => platform.stop());
  const scheduler = started.adopt(schedulerOn(stack, own), (s) => s.close());
  const { tableName, queueUrl, deadLetterQueueUrl } = config.service;
  const table = { dynamodb: own.dynamodb, tableName };
  return {
    stack,
    seen,
    /** What Prometheus is told of this process: the values of a metric's series. */
    told: async (name: string) =>
      (await metrics.registry.getSingleMetric(name)?.get())?.values ?? [],
    times: (event: string) => logged.of(event).length,
    schedule: async (count: number) =>
      Promise.all(
        Array.from({ length: count }, async () => scheduler.schedule(say, { text: 'x' })),
      ).then((handles) => handles.map(({ id }) => id)),
    tracked: async (ids: readonly TaskId[]) =>
      (await readTasks(table, ids)).filter((record) => record?.task !== undefined).length,
    depths: async () =>
      Promise.all([queueUrl, deadLetterQueueUrl].map(async (url) => queueDepth(own.sqs, url))),
  };
}

describe('the platform whose table goes away', () => {
  it('leaves messages where they are until it is back, and then keeps every definition', async () => {
    const { stack, seen, times, told, schedule, tracked, depths } = await startPlatformOnStack();
    const table = { labels: { breaker: 'table' } };
    const before = await schedule(5);
    await expect.poll(async () => tracked(before), PATIENCE).toBe(5);
    const lag = { metricName: 'taskfleet_tracker_lag_seconds_count', value: 5 };
    const lags = async () => told('taskfleet_tracker_lag_seconds');
    await expect.poll(lags, PATIENCE).toContainEqual(expect.objectContaining(lag));
    expect(await told('taskfleet_breaker_open')).toContainEqual({ ...table, value: 0 });

    await stack.table.stop();
    const during = await schedule(30);
    await expect.poll(() => times('breaker.opened'), PATIENCE).toBe(1);
    expect(await told('taskfleet_breaker_open')).toContainEqual({ ...table, value: 1 });
    await expect.poll(() => seen.underWay, PATIENCE).toBe(0);
    const { begun } = seen;
    const waiting = await schedule(30);
    const looks = times('breaker.stayedOpen');
    await expect.poll(() => times('breaker.stayedOpen'), PATIENCE).toBeGreaterThan(looks + 10);
    expect(seen.begun).toBe(begun);

    await stack.table.restart();
    const all = [...before, ...during, ...waiting];
    await expect.poll(async () => tracked(all), PATIENCE).toBe(all.length);
    await expect.poll(depths, PATIENCE).toEqual([0, 0]);
    expect(Math.max(...all.map((id) => seen.timesOf.get(id) ?? 0))).toBeLessThanOrEqual(2);
    expect(waiting.map((id) => seen.timesOf.get(id))).toEqual(waiting.map(() => 1));
  });
});
