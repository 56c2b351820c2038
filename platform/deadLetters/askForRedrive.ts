import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { TaskTable } from '@taskfleet/toolbox/table';
import { NoLetterError } from '../errors.ts';
import { requestRedrive } from './changeEntry.ts';
import type { LetterEntry } from './entry.ts';
import { readEntry } from './keepEntry.ts';
import { hide } from './letterQueue.ts';
import { queuesOf, type ServiceQueues } from './serviceQueues.ts';

export interface Asking {
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  readonly queues: ServiceQueues;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  /** How long to wait until the watcher has done it. */
  readonly timeoutMs: number;
}

/** Pause between looks at whether it is done. */
const LOOK_AGAIN_MS = 100;

/**
 * Asks the watcher to put a letter back in its queue, and waits until it has. The watcher alone moves messages, so that nobody
 * has to take one from it; the wish stays in the table until it is granted. Resolves to whether it was in time. Throws NoLetterError.
 */
export async function askForRedrive(asking: Asking, letter: LetterEntry): Promise<boolean> {
  const { table, clock, timeoutMs } = asking;
  const { made, entry } = await requestRedrive(table, letter);
  if (!made) throw new NoLetterError(letter.id, entry?.state);
  const endsAt = clock.monotonic() + timeoutMs;
  let shown: string | undefined;
  for (let now = entry; now?.state === 'redriving'; now = await readEntry(table, letter.id)) {
    if (now.messageId !== letter.messageId) return true;
    if (now.receipt !== shown) await show(asking, now);
    shown = now.receipt;
    if (clock.monotonic() >= endsAt) return false;
    await clock.sleep(LOOK_AGAIN_MS);
  }
  return true;
}

/** Makes the hidden message visible, for the watcher to find the wish. */
async function show({ sqs, queues }: Asking, { service, receipt }: LetterEntry): Promise<void> {
  if (receipt === undefined) return;
  const { deadLetterQueueUrl } = queuesOf(queues, service);
  try {
    await hide(sqs, deadLetterQueueUrl, { receiptHandle: receipt, seconds: 0 });
  } catch (error) {
    // Visible already, or in the watcher's hand: either way it sees the wish.
    if (!isVoidReceipt(error)) throw error;
  }
}

/** SQS's words for a receipt whose message is deleted, visible, or received again since. */
const VOID = ['ReceiptHandleIsInvalid', 'MessageNotInflight', 'InvalidParameterValue'];

export function isVoidReceipt(error: unknown): boolean {
  return error instanceof Error && VOID.some((name) => error.name.endsWith(name));
}
