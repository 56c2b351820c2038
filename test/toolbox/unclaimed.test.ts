import { cancelTask } from '@taskfleet/platform/cancel';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { claimTask, putDefinitions, recordRetrying } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notesFleet } from './notesFleet.ts';
import { WorkerBench } from './workerBench.ts';

let bench: WorkerBench;
beforeAll(async () => {
  bench = await WorkerBench.open();
});
afterAll(async () => bench.close());

let ids = 0;

/** The body of a message that is delivered by hand, once its task has a past. */
function newNote() {
  ids += 1;
  const id: TaskId = `notes_${String(ids).padStart(32, '0')}`;
  const body = { v: 1, id, root: id, task: 'notes.add', input: { text: 'x' }, createdAt: 1 };
  const { v: _version, ...asked } = body;
  const definition = { ...asked, v: 1 as const, worker: 'notes' };
  return {
    id,
    deliver: async () => bench.stack.deliver(JSON.stringify(body)),
    define: async () => putDefinitions(bench.stack.table, [{ definition, retentionMs: 60_000 }]),
  };
}

/** As a worker that begins so many attempts and dies in each. */
async function dieTimes(id: TaskId, attempts: number) {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const nonce = `${id}/${attempt}`;
    await claimTask(bench.stack.table, { id, nonce, holder: 'gone', now: 1, maxAttempts: 3 });
  }
}

async function reasonOfDeath(): Promise<string | undefined> {
  const [letter] = await bench.stack.receive(bench.stack.resources.deadLetterQueueUrl);
  return letter?.MessageAttributes?.['reason']?.StringValue;
}

const cancelling = () => ({ table: bench.stack.table, fleet: notesFleet, clock: systemClock });

describe('a task whose worker died in every attempt', () => {
  it('goes to the dead letters with the reason, and does not run again', async () => {
    bench.start(() => expect.unreachable());
    const { id, deliver } = newNote();
    await dieTimes(id, 3);
    await deliver();
    await expect
      .poll(reasonOfDeath, { timeout: 10_000 })
      .toBe('its worker was killed or lost in the last of 3 attempts');
    await bench.untilQueueEmpty();
    expect(await bench.stack.recordOf(id)).toMatchObject({ attempt: 3 });
  });

  it('runs once more while an attempt is left', async () => {
    bench.start((_input, { attempt }) => ({ length: attempt }));
    const { id, deliver } = newNote();
    await dieTimes(id, 2);
    await deliver();
    await bench.untilState(id, 'succeeded');
    expect(await bench.stack.recordOf(id)).toMatchObject({ attempt: 3, output: { length: 3 } });
  });

  it('may still be ended by a holder that was only slow', async () => {
    const finish = Promise.withResolvers<{ length: number }>();
    const running = Promise.withResolvers<void>();
    bench.start(async () => {
      running.resolve();
      return finish.promise;
    });
    const { id, deliver } = newNote();
    await dieTimes(id, 2);
    await deliver();
    await running.promise;
    await deliver();
    await bench.untilEvent('message.refused');
    finish.resolve({ length: 1 });
    await bench.untilState(id, 'succeeded');
    expect(await bench.stack.recordOf(id)).toMatchObject({ attempt: 3, output: { length: 1 } });
  });
});

describe('a task that was cancelled', () => {
  it('before it began does not run', async () => {
    bench.start(() => expect.unreachable());
    const { id, deliver, define } = newNote();
    await define();
    expect(await cancelTask(cancelling(), id, 'bob')).toBe('cancelled');
    await deliver();
    await bench.untilEvent('task.redelivered');
    await bench.untilQueueEmpty();
    expect(await bench.stack.recordOf(id)).toMatchObject({ state: 'cancelled', attempt: 0 });
  });

  it('while it waits for another attempt gets none', async () => {
    bench.start(() => expect.unreachable());
    const { id, deliver } = newNote();
    await dieTimes(id, 1);
    const error = { name: 'Error', message: 'no luck', attempt: 1, at: 1 };
    await recordRetrying(bench.stack.table, { id, token: 1 }, error);
    expect(await cancelTask(cancelling(), id, 'bob')).toBe('cancelled');
    await deliver();
    await bench.untilQueueEmpty();
    expect(await bench.stack.recordOf(id)).toMatchObject({ state: 'cancelled', attempt: 1 });
  });

  it('while it ran, in a worker that then died, is ended by the next that claims it', async () => {
    bench.start(() => expect.unreachable());
    const { id, deliver } = newNote();
    await dieTimes(id, 1);
    expect(await cancelTask(cancelling(), id, 'bob')).toBe('asked');
    await deliver();
    await bench.untilState(id, 'cancelled');
    expect(await bench.stack.recordOf(id)).toMatchObject({ attempt: 1, cancel: { by: 'bob' } });
    await bench.untilQueueEmpty();
  });
});
