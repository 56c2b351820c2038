import { cancelTask } from '@taskfleet/platform/cancel';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskContext, TaskId } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNote, limitedNote, notesFleet, notesWorker, orderNote } from '../toolbox/notesFleet.ts';
import { WorkerBench } from '../toolbox/workerBench.ts';
import { type EndableRuntime, startFargate, startLambda } from './runtimes.ts';

const untilAborted = async ({ signal }: TaskContext) =>
  new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });

describe.each([
  { runtime: 'Fargate', start: startFargate },
  { runtime: 'Lambda', start: startLambda },
])('the same handlers on $runtime', ({ start }) => {
  let bench: WorkerBench<EndableRuntime>;
  beforeAll(async () => {
    bench = await WorkerBench.open<EndableRuntime>(start);
  });
  afterAll(async () => bench.close());

  it('give their output to the record, and leave nothing in the queue', async () => {
    bench.start(() => ({ length: 5 }));
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'hello' });
    expect(await handle.result({ timeout: '10s' })).toEqual({ length: 5 });
    await bench.untilQueueEmpty();
    expect(bench.events('task.succeeded')).toMatchObject([{ id: handle.id, attempt: 1 }]);
  });

  it('are joined by the ping that nobody wrote', async () => {
    bench.start(() => null);
    const handle = await bench.stack.scheduler.schedule(notesWorker.ping, {});
    expect(await handle.result({ timeout: '10s' })).toMatchObject({
      worker: 'notes',
      tasks: notesWorker.tasks.map(({ name }) => name),
    });
    await bench.untilQueueEmpty();
    expect(bench.events('task.succeeded')).toMatchObject([{ id: handle.id, attempt: 1 }]);
  });

  it('are tried again after their backoff', async () => {
    const beganAt: number[] = [];
    bench.start((_input, { attempt }) => {
      beganAt.push(performance.now());
      if (attempt < 3) throw new Error(`no luck in ${attempt}`);
      return { length: attempt };
    });
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    expect(await handle.result({ timeout: '15s' })).toEqual({ length: 3 });
    const pauses = beganAt.slice(1).map((at, i) => at - (beganAt[i] ?? 0));
    expect(pauses).toHaveLength(2);
    for (const pause of pauses) {
      expect(pause).toBeGreaterThan(950);
      // Nothing but the backoff: the queue itself would hide the message for much longer.
      expect(pause).toBeLessThan(5_000);
    }
  });

  it('keep the order of a group across a failure, while other groups go on', async () => {
    const ended: string[] = [];
    bench.start((input, { attempt }) => {
      const { notebook, n } = input as { notebook: string; n: number };
      if (notebook === 'slow' && n === 0 && attempt === 1) throw new Error('again');
      ended.push(`${notebook}${n}`);
      return null;
    });
    const calls = [0, 1, 2].flatMap((n) => [
      { notebook: 'slow', n },
      { notebook: 'fast', n },
    ]);
    const handles = await Promise.all(
      calls.map(async (input) => bench.stack.scheduler.schedule(orderNote, input)),
    );
    await Promise.all(handles.map(async (handle) => handle.result({ timeout: '15s' })));
    expect(ended).toEqual(['fast0', 'fast1', 'fast2', 'slow0', 'slow1', 'slow2']);
    await bench.untilQueueEmpty();
  });

  it('never see what is malformed: it goes to the dead letters, with the reason', async () => {
    bench.start(() => expect.unreachable());
    await bench.stack.deliver('nonsense');
    const { deadLetterQueueUrl } = bench.stack.resources;
    const dead: unknown[] = [];
    const look = async () => {
      dead.push(...(await bench.stack.receive(deadLetterQueueUrl)));
      return dead;
    };
    await expect.poll(look, { timeout: 10_000 }).toMatchObject([
      {
        Body: 'nonsense',
        MessageAttributes: { reason: { StringValue: expect.stringContaining('is not JSON') } },
      },
    ]);
    await bench.untilQueueEmpty();
    expect(bench.events('message.refused')).toHaveLength(1);
  });

  it('do not run again when a message comes again after the end', async () => {
    let runs = 0;
    bench.start(() => {
      runs += 1;
      return { length: 1 };
    });
    const { id } = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await bench.untilState(id, 'succeeded');
    const again = { v: 1, id, root: id, task: 'notes.add', input: { text: 'x' }, createdAt: 1 };
    await bench.stack.deliver(JSON.stringify(again));
    await bench.untilEvent('task.redelivered');
    await bench.untilQueueEmpty();
    expect(runs).toBe(1);
  });

  it('fail at their time limit', async () => {
    bench.start(async (_input, context) => untilAborted(context));
    const { id } = await bench.stack.scheduler.schedule(limitedNote, {});
    await bench.untilState(id, 'failed');
    expect(await bench.stack.recordOf(id)).toMatchObject({ error: { name: 'TimeLimitError' } });
    await bench.untilQueueEmpty();
  });

  it('hear that somebody has cancelled their task', async () => {
    const running = Promise.withResolvers<TaskId>();
    bench.start(async (_input, context) => {
      running.resolve(context.id);
      return untilAborted(context);
    });
    await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    const id = await running.promise;
    const { table } = bench.stack;
    await cancelTask({ table, fleet: notesFleet, clock: systemClock }, id, 'bob');
    await bench.untilState(id, 'cancelled');
    expect(await bench.stack.recordOf(id)).toMatchObject({ attempt: 1, cancel: { by: 'bob' } });
    await bench.untilQueueEmpty();
  });

  it('lose no attempt when their time ends before they do, and begin again at once', async () => {
    await bench.stop();
    const running = Promise.withResolvers<void>();
    const attempts: number[] = [];
    const runtime = bench.start(
      async (_input, context) => {
        attempts.push(context.attempt);
        if (attempts.length > 1) return { length: attempts.length };
        running.resolve();
        return untilAborted(context);
      },
      { graceSeconds: 0 },
    );
    const handle = await bench.stack.scheduler.schedule(addNote, { text: 'x' });
    await running.promise;
    await runtime.endTime();
    expect(await handle.result({ timeout: '10s' })).toEqual({ length: 2 });
    expect(attempts).toEqual([1, 1]);
    expect(bench.events('task.released')).toHaveLength(1);
    expect(await bench.stack.recordOf(handle.id)).toMatchObject({ attempt: 1 });
    await bench.untilQueueEmpty();
  });
});
