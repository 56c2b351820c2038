import { systemClock } from '@taskfleet/toolbox/clock';
import { newTaskId } from '@taskfleet/toolbox/contract';
import { claimTask } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProgressReport } from '../../shared-toolbox/runtime/progressReport.ts';
import { recordAttempt } from '../../shared-toolbox/runtime/recordAttempt.ts';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { addNote } from './notesFleet.ts';
import { type NotesStack, startNotesStack } from './notesStack.ts';

let stack: NotesStack;
beforeAll(async () => {
  stack = await startNotesStack();
});
afterAll(async () => stack.stop());

it('every attempt leaves its error in the record, later ones less of it', async () => {
  const { table, bucket } = stack;
  const id = newTaskId('notes', systemClock);
  const message = { v: 1, id, root: id, task: addNote.name, input: {}, createdAt: 1 } as const;
  for (let number = 1; number <= 30; number += 1) {
    const claim = { id, nonce: String(number), holder: 'h', now: 1, maxAttempts: 99 };
    const { record } = await claimTask(table, claim);
    const { signal } = new AbortController();
    const attempt = { message, task: addNote, handler: () => null, number, signal };
    await recordAttempt({
      table,
      bucket,
      attempt: { ...attempt, token: record.token, snoozes: 0, startedAt: 0 },
      outcome: { kind: 'retrying', error: new Error('x'.repeat(2_000)), delayMs: 1 },
      progress: new ProgressReport(async () => undefined),
      clock: systemClock,
      log: memoryLog().log,
    });
  }
  const errors = (await stack.recordOf(id))?.errors ?? [];
  expect(errors.map(({ attempt }) => attempt)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
  const lengths = new Set(errors.map(({ message: text }) => text.length));
  expect([...lengths]).toEqual([500, 200]);
  expect(errors.at(-1)?.stack).toHaveLength(200);
});
