import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '@taskfleet/toolbox/clock';
import { recordPurged, type TaskTable } from '@taskfleet/toolbox/table';
import { LetterLeavingError, NoLetterError } from '../errors.ts';
import { isVoidReceipt } from './askForRedrive.ts';
import { notePurged } from './changeEntry.ts';
import { type LetterEntry, ownTask } from './entry.ts';
import { remove } from './letterQueue.ts';
import { queuesOf, type ServiceQueues } from './serviceQueues.ts';

export interface Purging {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  readonly queues: ServiceQueues;
  readonly clock: Pick<Clock, 'now'>;
}

/**
 * Deletes a letter for good. Its entry is first: a message that could not be reached is deleted by the watcher when it sees
 * it. The task stays dead, and its record says that it was purged. Throws NoLetterError and LetterLeavingError.
 */
export async function purgeLetter(options: Purging, letter: LetterEntry): Promise<void> {
  const { sqs, table, queues, clock } = options;
  const { deadLetterQueueUrl } = queuesOf(queues, letter.service);
  const { made, entry } = await notePurged(table, letter, clock.now());
  // Redriven and dead again since it was read: it is this one that is to go.
  if (!made && entry?.state === 'waiting') return purgeLetter(options, entry);
  if (!made) throw refusal(letter, entry);
  const own = ownTask(letter);
  if (own) await recordPurged(table, own, letter);
  if (entry?.receipt === undefined) return;
  await remove(sqs, deadLetterQueueUrl, entry.receipt).catch((error: unknown) => {
    if (!isVoidReceipt(error)) throw error;
  });
}

function refusal({ id }: LetterEntry, met: LetterEntry | undefined): Error {
  return met?.state === 'redriving'
    ? new LetterLeavingError(id)
    : new NoLetterError(id, met?.state);
}
