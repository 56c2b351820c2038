import { startStack } from '@taskfleet/infra/local';
import type { TaskHandle, TaskId, TaskRecord } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { queueDepth } from '../fixtures/queueDepth.ts';
import {
  clientsOf,
  resourcesOf,
  schedulerOn,
  serviceQueues,
  trackerOn,
  workerOn,
} from '../fixtures/startParts.ts';
import {
  add,
  delegate,
  pass,
  relayImplementation,
  sumFleet,
  sumImplementation,
} from '../fixtures/sumFleet.ts';

const PATIENCE = { timeout: 60_000, interval: 100 };
const LONG = { timeout: 90_000 };

/** The cases follow one another: a fleet's life from the first message to the empty queues. */
describe('a thousand tasks of two workers, a hundred of them scheduling one more', LONG, () => {
  let stack: Awaited<ReturnType<typeof startStack>>;
  let clients: ReturnType<typeof clientsOf>;
  const running: { stop(): Promise<void> }[] = [];
  const handles: TaskHandle[] = [];

  const depths = async (...services: string[]) =>
    Promise.all(
      services.map(async (s) => queueDepth(clients.sqs, serviceQueues(stack, s).queueUrl)),
    );
  const records = async (ids: readonly TaskId[]) =>
    readTasks({ dynamodb: clients.dynamodb, tableName: resourcesOf(stack).tableName }, ids);
  const ids = () => handles.map(({ id }) => id);

  beforeAll(async () => {
    stack = await startStack({ fleet: sumFleet });
    clients = clientsOf(stack);
  });

  afterAll(async () => {
    await Promise.all(running.map(async (part) => part.stop()));
    await stack.stop();
  });

  it('reach the queue of their worker and the platform, and no other', async () => {
    const { schedule } = schedulerOn(stack, clients);
    const asked = Array.from({ length: 1_000 }, async (_, i) => {
      if (i < 500) return schedule(add, { a: i, b: 1 });
      return i < 600 ? schedule(delegate, { a: i }) : schedule(pass, { value: i });
    });
    handles.push(...(await Promise.all(asked)));
    expect(await depths('sum', 'relay', 'platform')).toEqual([500, 500, 1_000]);
  });

  it('run before the platform has recorded what they are', async () => {
    running.push(workerOn({ stack, clients, implementation: sumImplementation }));
    running.push(workerOn({ stack, clients, implementation: relayImplementation }));
    // Cheaper to ask again and again than for a thousand records, which are written before their messages go.
    await expect.poll(async () => depths('sum', 'relay'), PATIENCE).toEqual([0, 0]);
    expect(states(await records(ids()))).toEqual(['succeeded']);
    const [first] = await records(ids());
    expect(first).toMatchObject({ state: 'succeeded', output: 1, attempt: 1 });
    expect(first).not.toHaveProperty('input');
  });

  it('have complete records once the platform has caught up', async () => {
    running.push(trackerOn({ stack, clients, fleet: sumFleet }));
    await expect.poll(async () => depths('platform'), PATIENCE).toEqual([0]);
    const found = await records(ids());
    expect(found.filter((record) => record?.task === undefined)).toEqual([]);
    expect(found[7]).toMatchObject({ task: 'sum.add', input: { a: 7, b: 1 }, output: 8 });
    expect(found[999]).toMatchObject({ task: 'relay.pass', input: { value: 999 }, output: 999 });
  });

  it('have children of the same family, complete as well', async () => {
    const parents = await records(ids().slice(500, 600));
    const children = parents.map((parent) => childOf(parent));
    await expect.poll(async () => states(await records(children)), PATIENCE).toEqual(['succeeded']);
    const found = await records(children);
    expect(found[0]).toMatchObject({ parent: ids()[500], root: ids()[500], output: 501 });
    expect(new Set(found.map((record) => record?.task))).toEqual(new Set(['sum.add']));
  });

  it('leave nothing in any queue', async () => {
    await expect.poll(async () => depths('sum', 'relay', 'platform'), PATIENCE).toEqual([0, 0, 0]);
    const deadLetters = ['sum', 'relay', 'platform'].map(async (service) =>
      queueDepth(clients.sqs, serviceQueues(stack, service).deadLetterQueueUrl),
    );
    expect(await Promise.all(deadLetters)).toEqual([0, 0, 0]);
  });
});

function states(found: readonly (TaskRecord | undefined)[]): string[] {
  return [...new Set(found.map((record) => record?.state ?? 'unknown'))];
}

function childOf(parent: TaskRecord | undefined): TaskId {
  return z.object({ child: z.custom<TaskId>() }).parse(parent?.output).child;
}
