import { deathReason } from './deathReason.ts';
import { removeLetter } from './discardLetter.ts';
import type { Letter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';
import { sendAlone } from './letterQueue.ts';

/**
 * Gives a letter a message group of its own, in the same queue. SQS gives no more of a group while one of its messages is in
 * hand: what died behind another in one group would never be seen.
 */
export async function fileLetter(options: LetterOptions, letter: Letter): Promise<void> {
  const { sqs, queues, fleet } = options;
  const reason = deathReason(fleet, letter);
  await sendAlone(sqs, queues.deadLetterQueueUrl, { ...letter, reason });
  await removeLetter(options, letter);
}
