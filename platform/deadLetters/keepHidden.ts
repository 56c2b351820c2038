import { noteReceipt } from './changeEntry.ts';
import { discard } from './discardLetter.ts';
import type { Letter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';
import { hide } from './letterQueue.ts';
import { redriveLetter } from './redriveLetter.ts';

/**
 * How long a letter that is known stays hidden: each is received once an hour, not over and over. Whoever wants it sooner
 * makes it visible by its receipt.
 */
const HIDDEN_SECONDS = 3_600;

/** Hidden first, then reachable: whoever reads the receipt shows a message that nobody hides again. */
export async function keepHidden(options: LetterOptions, letter: Letter): Promise<void> {
  const { sqs, queues, table } = options;
  const { receiptHandle } = letter;
  await hide(sqs, queues.deadLetterQueueUrl, { receiptHandle, seconds: HIDDEN_SECONDS });
  const { entry } = await noteReceipt(table, letter, receiptHandle);
  if (entry?.messageId !== letter.messageId) return;
  // Asked for while the letter was in hand: whoever asked could not reach it.
  if (entry.state === 'redriving') await redriveLetter(options, letter);
  if (entry.state === 'purged') await discard(options, letter, 'it was purged');
}
