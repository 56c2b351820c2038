import { isTerminal, WORKER_ATTRIBUTE } from '@taskfleet/toolbox/contract';
import { recordRedriven } from '@taskfleet/toolbox/table';
import { noteRedriven } from './changeEntry.ts';
import { removeLetter } from './discardLetter.ts';
import { ownTask } from './entry.ts';
import type { Letter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';
import { sendBack } from './letterQueue.ts';
import { queueUrlOf } from './serviceQueues.ts';

/**
 * Back to its queue: the record first, because a dead task's message is deleted unrun; then the message; then the entry, so
 * that a letter left over by a crash is known for what it is. Done twice, it does no harm: the claim runs a task once.
 */
export async function redriveLetter(options: LetterOptions, letter: Letter): Promise<void> {
  const { sqs, queues, table, clock, log } = options;
  const own = ownTask(letter);
  const state = own ? await recordRedriven(table, own) : 'queued';
  const key = letter.attributes[WORKER_ATTRIBUTE]?.StringValue;
  const queueUrl = queueUrlOf(queues, letter.service, key);
  if (!isTerminal(state)) await sendBack(sqs, queueUrl, letter);
  await noteRedriven(table, letter, clock.now());
  await removeLetter(options, letter);
  log.event('letter.redriven', { letter: letter.id });
}
