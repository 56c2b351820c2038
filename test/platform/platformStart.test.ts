import { fleet } from '@taskfleet/fleet';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { createThumbnails } from '@taskfleet/worker-thumbnails/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Program } from '../fixtures/programOutput.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import { clientsOf, resourcesOf, schedulerOn, serviceQueues } from '../fixtures/startParts.ts';
import { type RestartableStack, startRestartableStack } from '../toolbox/restartableStack.ts';
import { startPlatformProcess, timesOf } from './platformProcess.ts';

const PATIENCE = { timeout: 20_000, interval: 50 } as const;
/** Its own, and the dead letters of all. */
const QUEUES_OF_THE_PLATFORM = 2 + fleet.workers.length;

let started: AsyncDisposableStack;
beforeEach(() => {
  started = new AsyncDisposableStack();
});
afterEach(async () => started.disposeAsync());

async function startStack() {
  const stack = started.adopt(await startRestartableStack(fleet), async (s) => s.stop());
  const clients = clientsOf(stack);
  const scheduler = started.adopt(schedulerOn(stack, clients), (s) => s.close());
  const table = { dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName };
  const schedule = async () =>
    scheduler.schedule(createThumbnails, { gallery: 'g', photo: 'artifact:uploads/photo.jpg' });
  return {
    stack,
    /** Schedules tasks, and resolves to their ids. */
    schedule: async (count: number) =>
      (await Promise.all(Array.from({ length: count }, schedule))).map(({ id }) => id),
    /** How many of these tasks have a definition. */
    tracked: async (ids: readonly TaskId[]) =>
      (await readTasks(table, ids)).filter((record) => record?.task !== undefined).length,
    depths: async () => {
      const { queueUrl, deadLetterQueueUrl } = serviceQueues(stack, 'platform');
      const urls = [queueUrl, deadLetterQueueUrl];
      return Promise.all(urls.map(async (url) => queueDepth(clients.sqs, url)));
    },
  };
}

function startProcess(stack: RestartableStack): Program {
  const settings = { TASKFLEET_LOG_LEVEL: 'debug' };
  return started.use(startPlatformProcess({ stack, settings }));
}

async function stopsInOrder(platform: Program) {
  platform.process.kill('SIGTERM');
  expect(await platform.ended).toBe(0);
}

describe('the platform', () => {
  it('starts without its queues, and tracks tasks once they are there', async () => {
    const { stack, schedule, tracked } = await startStack();
    await stack.queues.stop();
    const platform = startProcess(stack);
    await platform.printed('"event":"platform.started"');
    await expect
      .poll(() => timesOf(platform, 'receive.failed'), PATIENCE)
      .toBe(QUEUES_OF_THE_PLATFORM);

    await stack.queues.restart();
    await expect
      .poll(() => timesOf(platform, 'receive.recovered'), PATIENCE)
      .toBe(QUEUES_OF_THE_PLATFORM);
    const ids = await schedule(3);
    await expect.poll(async () => tracked(ids), PATIENCE).toBe(3);
    await stopsInOrder(platform);
  });

  it('starts without its table, and tracks what waited once it is there', async () => {
    const { stack, schedule, tracked, depths } = await startStack();
    await stack.table.stop();
    const platform = startProcess(stack);
    await platform.printed('"event":"platform.started"');
    const ids = await schedule(3);
    await platform.printed('"event":"breaker.opened"');
    await platform.printed('"event":"breaker.stayedOpen"');
    ids.push(...(await schedule(3)));

    await stack.table.restart();
    await expect.poll(async () => tracked(ids), PATIENCE).toBe(6);
    await expect.poll(depths, PATIENCE).toEqual([0, 0]);
    await stopsInOrder(platform);
  });
});
