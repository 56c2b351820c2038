import { systemClock } from '@taskfleet/toolbox/clock';
import { implement, type TaskId } from '@taskfleet/toolbox/contract';
import { createLog } from '@taskfleet/toolbox/log';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handleMessage } from '../../shared-toolbox/runtime/handleMessage.ts';
import { createHandling } from '../../shared-toolbox/runtime/handling.ts';
import { notesWorker } from './notesFleet.ts';
import { type NotesStack, startNotesStack } from './notesStack.ts';

let stack: NotesStack;
beforeAll(async () => {
  stack = await startNotesStack();
});
afterAll(async () => stack.stop());

it('a claim whose answer comes after the end of the lease begins nothing, and gives the attempt back', async () => {
  const handler = () => expect.unreachable();
  const made = createHandling({
    implementation: implement(notesWorker, {
      'notes.add': handler,
      'notes.order': handler,
      'notes.limited': handler,
    }),
    clients: stack.clients,
    resources: stack.resources,
    clock: systemClock,
    log: createLog({ level: 'error', destination: { write: () => undefined } }),
  });
  const handling = { ...made, holder: 'host/1', stopping: new AbortController().signal };
  const id: TaskId = `notes_${'0a'.repeat(16)}`;
  const body = { v: 1, id, root: id, task: 'notes.add', input: { text: 'x' }, createdAt: 1 };
  const settlement = await handleMessage(handling, {
    body: JSON.stringify(body),
    receiptHandle: 'r',
    groupId: 'g',
    deduplicationId: 'd',
    receiveCount: 1,
    signal: new AbortController().signal,
    isHeld: () => false,
  });
  made.close();
  expect(settlement).toEqual({ kind: 'return' });
  expect(await stack.recordOf(id)).toMatchObject({ state: 'queued', attempt: 0 });
});
