import { cancelTask } from '@taskfleet/platform/cancel';
import { systemClock } from '@taskfleet/toolbox/clock';
import {
  NonRetryableError,
  Snooze,
  type TaskContext,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import { type Hooks, VetoError } from '@taskfleet/toolbox/hooks';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addNote, notesFleet, orderNote } from '../toolbox/notesFleet.ts';
import { WorkerBench } from '../toolbox/workerBench.ts';
import { type EndableRuntime, startFargate, startLambda } from './runtimes.ts';

const SECRET = 'hunter2';

interface Call {
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Every hook, keeping what it was told. */
function recordHooks(calls: Call[]): Hooks {
  const names = [
    'beforeSchedule',
    'afterSchedule',
    'beforeRun',
    'afterRun',
    'onSuccess',
    'onRetry',
    'onFailure',
    'onCancel',
    'onWorkerStart',
    'onWorkerStop',
  ];
  const record = (name: string) => (facts: object) =>
    void calls.push({ name, facts: { ...facts } });
  return Object.fromEntries(names.map((name) => [name, record(name)]));
}

describe.each([
  { runtime: 'Fargate', start: startFargate },
  { runtime: 'Lambda', start: startLambda },
])('hooks on $runtime', ({ runtime, start }) => {
  let bench: WorkerBench<EndableRuntime>;
  const calls: Call[] = [];
  const broken: Hooks = {
    beforeRun: () => {
      throw new Error('broken');
    },
    onSuccess: async () => {
      throw new Error('broken');
    },
  };
  const fleet = () =>
    createScheduler({
      ...bench.stack.resources,
      sns: bench.stack.clients.sns,
      table: bench.stack.table,
      clock: systemClock,
      hooks: [recordHooks(calls)],
    });
  const of = (id: TaskId) => calls.filter(({ facts }) => facts['id'] === id);
  const namesOf = (id: TaskId) => of(id).map(({ name }) => name);
  const untilHooked = async (id: TaskId, last: string) => {
    await expect.poll(() => namesOf(id).at(-1), { timeout: 15_000 }).toBe(last);
  };
  beforeAll(async () => {
    bench = await WorkerBench.open<EndableRuntime>(start);
    bench.hooks = [broken, recordHooks(calls)];
  });
  beforeEach(() => bench.start(() => ({ length: 1 })));
  afterAll(async () => bench.close());

  it('are told of a task on its way, without its secrets; one that throws harms nothing', async () => {
    const options = { creator: 'alice', subject: 'book/1' };
    const { id } = await fleet().schedule(addNote, { text: 'x', pin: SECRET }, options);
    await bench.untilState(id, 'succeeded');
    await untilHooked(id, 'afterRun');
    expect(namesOf(id).toSorted()).toEqual([
      'afterRun',
      'afterSchedule',
      'beforeRun',
      'beforeSchedule',
      'onSuccess',
    ]);
    const input = { text: 'x', pin: '[secret]' };
    const task = { id, root: id, task: 'notes.add', worker: 'notes', input, ...options };
    for (const { facts } of of(id)) expect(facts).toMatchObject(task);
    expect(JSON.stringify(calls)).not.toContain(SECRET);
    const run = of(id).slice(-3);
    expect(run).toMatchObject([
      { name: 'beforeRun', facts: { attempt: 1 } },
      { name: 'onSuccess', facts: { attempt: 1, durationMs: expect.any(Number) } },
      { name: 'afterRun', facts: { outcome: 'succeeded' } },
    ]);
    expect(bench.events('hook.failed')).toMatchObject([
      { hook: 'beforeRun', id },
      { hook: 'onSuccess', id },
    ]);
  });

  it('are told of a retry, and of the failure for good', async () => {
    bench.start((_input, { attempt }) => {
      throw attempt === 1 ? new Error('no luck') : new NonRetryableError('never');
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'failed');
    await expect.poll(() => namesOf(id)).toHaveLength(6);
    expect(of(id)).toMatchObject([
      { name: 'beforeRun', facts: { attempt: 1 } },
      { name: 'onRetry', facts: { attempt: 1, delayMs: 1_000, error: { message: 'no luck' } } },
      { name: 'afterRun', facts: { attempt: 1, outcome: 'retrying' } },
      { name: 'beforeRun', facts: { attempt: 2 } },
      { name: 'onFailure', facts: { attempt: 2, error: { name: 'NonRetryableError' } } },
      { name: 'afterRun', facts: { attempt: 2, outcome: 'failed' } },
    ]);
  });

  it('are told of a snooze by its end alone', async () => {
    let snoozes = 0;
    bench.start(() => {
      snoozes += 1;
      if (snoozes === 1) throw new Snooze('1s');
      return { length: 1 };
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'succeeded');
    await expect.poll(() => namesOf(id)).toHaveLength(5);
    expect(of(id)[1]).toMatchObject({ name: 'afterRun', facts: { outcome: 'snoozed' } });
    expect(namesOf(id).slice(2)).toEqual(['beforeRun', 'onSuccess', 'afterRun']);
  });

  it('are told of a cancel, and by whom', async () => {
    const begun = Promise.withResolvers<void>();
    bench.start(async (_input, { signal }: TaskContext) => {
      begun.resolve();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await begun.promise;
    await cancelTask(
      { table: bench.stack.table, fleet: notesFleet, clock: systemClock },
      id,
      'bob',
    );
    await untilHooked(id, 'afterRun');
    expect(of(id).slice(-2)).toMatchObject([
      { name: 'onCancel', facts: { by: 'bob', attempt: 1 } },
      { name: 'afterRun', facts: { outcome: 'cancelled' } },
    ]);
  });

  it('are told of what a handler schedules, as its child', async () => {
    bench.start(async (_input, { id, subject, schedule }) => {
      if (subject === 'parent') await schedule(orderNote, { notebook: id, n: 1 });
      return { length: 1 };
    });
    const { id } = await bench.stack.scheduler.schedule(
      addNote,
      { text: 'x' },
      { subject: 'parent' },
    );
    const ofChild = () => calls.filter(({ facts }) => facts['parent'] === id);
    await expect.poll(() => ofChild().map(({ name }) => name)).toContain('afterSchedule');
    expect(ofChild()[0]).toMatchObject({ name: 'beforeSchedule', facts: { root: id } });
  });

  it('may veto a task, which is then published by nobody', async () => {
    const beforeSchedule = () => {
      throw new VetoError('not on Sundays');
    };
    const { sns } = bench.stack.clients;
    const { table, resources } = bench.stack;
    const strict = createScheduler({
      ...resources,
      sns,
      table,
      clock: systemClock,
      hooks: [{ beforeSchedule }, recordHooks(calls)],
    });
    const input = { text: 'vetoed' };
    await expect(strict.schedule(addNote, input)).rejects.toThrow(VetoError);
    await bench.untilQueueEmpty();
    expect(calls).not.toContainEqual(
      expect.objectContaining({ facts: expect.objectContaining({ input }) }),
    );
  });

  it('are told when the worker starts, and when it stops', async () => {
    calls.length = 0;
    await bench.stop();
    bench.start(() => ({ length: 1 }));
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await untilHooked(id, 'afterRun');
    const process = runtime === 'Fargate' ? { process: 'notes_00000000000a' } : {};
    const ofWorker = calls.filter(({ name }) => name.startsWith('onWorker'));
    const stop = { name: 'onWorkerStop', facts: { worker: 'notes', ...process } };
    const started = { name: 'onWorkerStart', facts: { worker: 'notes', ...process } };
    expect(ofWorker).toContainEqual(started);
    // Nobody tells a function that its environment ends.
    expect(ofWorker.filter(({ name }) => name === 'onWorkerStop')).toEqual(
      runtime === 'Fargate' ? [stop] : [],
    );
  });
});
