import type { Letter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';
import { remove } from './letterQueue.ts';

/** Deletes a letter that nobody needs any more, and says why. */
export async function discard(options: LetterOptions, letter: Letter, why: string): Promise<void> {
  await removeLetter(options, letter);
  options.log.event('letter.discarded', { letter: letter.id, why });
}

export async function removeLetter({ sqs, queues }: LetterOptions, letter: Letter): Promise<void> {
  await remove(sqs, queues.deadLetterQueueUrl, letter.receiptHandle);
}
