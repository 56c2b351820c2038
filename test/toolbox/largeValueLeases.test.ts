import { systemClock } from '@taskfleet/toolbox/clock';
import { LeaseLostError } from '@taskfleet/toolbox/consume';
import { inputKey, newTaskId, outputKey } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WorkerStoppingError } from '../../shared-toolbox/runtime/errors.ts';
import { fetchInput } from '../../shared-toolbox/runtime/fetchInput.ts';
import { outputKeeper } from '../../shared-toolbox/runtime/keepOutput.ts';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { type BucketAccess, bucketAccess } from '../fixtures/bucketAccess.ts';
import { addNote } from './notesFleet.ts';
import { type NotesStack, startNotesStack } from './notesStack.ts';

const LARGE = 'x'.repeat(70_000);
/** Needs parts. */
const LARGER = 'x'.repeat(9_000_000);
const handler = () => null;

let stack: NotesStack;
let bucket: BucketAccess;
beforeAll(async () => {
  stack = await startNotesStack();
  bucket = bucketAccess(stack.bucket);
});
afterAll(async () => stack.stop());

/** A new task's attempt, and where its output would be. */
function attemptUnder(signal: AbortSignal) {
  const id = newTaskId('notes', systemClock);
  const message = { v: 1, id, root: id, task: addNote.name, input: {}, createdAt: 1 } as const;
  const counts = { number: 1, token: 1, snoozes: 0, startedAt: 0 };
  const attempt = { message, task: addNote, handler, ...counts, signal };
  return { id, keep: outputKeeper(stack.bucket, attempt) };
}

describe('a large output', () => {
  it.each([LARGE, LARGER])('overwrites nothing once the lease is lost', async (output) => {
    const { id, keep } = attemptUnder(AbortSignal.abort(new LeaseLostError('gone')));
    await expect(keep(output)).rejects.toThrow(/gone|aborted/);
    expect(await bucket.keys(id)).toEqual([]);
  });

  it('of a stopping worker, which still has its lease, is kept', async () => {
    const { id, keep } = attemptUnder(AbortSignal.abort(new WorkerStoppingError('stop')));
    expect(await keep(LARGE)).toEqual({
      outputAt: outputKey(addNote, id, 1),
      outputBytes: LARGE.length + 2,
    });
    expect(await bucket.keys(id)).toHaveLength(1);
  });

  it('is put once, however often its record is tried', async () => {
    const { id, keep } = attemptUnder(new AbortController().signal);
    const kept = await keep(LARGE);
    await bucket.remove(outputKey(addNote, id, 1));
    expect(await keep(LARGE)).toEqual(kept);
    expect(await bucket.keys(id)).toEqual([]);
  });
});

describe('a stored input', () => {
  it('goes back at once when the worker stops before it is there', async () => {
    const id = newTaskId('notes', systemClock);
    const inputAt = inputKey(addNote, id);
    const asked = { v: 1, id, root: id, task: addNote.name, createdAt: 1 } as const;
    const message = { ...asked, inputAt, inputBytes: 70_000 };
    const stopping = AbortSignal.abort(new WorkerStoppingError('stop'));
    const { log } = memoryLog();
    const { signal } = new AbortController();
    const queued = { body: '', receiptHandle: 'r', groupId: 'g', deduplicationId: 'd' };
    const held = { ...queued, receiveCount: 1, signal, isHeld: () => true };
    const options = { bucket: stack.bucket, log, stopping };
    const fetched = await fetchInput(options, held, { message, task: addNote, handler });
    expect(fetched).toEqual({ kind: 'return' });
  });
});
