import { readResult } from '@taskfleet/toolbox/table';
import { ownTask } from './entry.ts';
import type { Letter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';

/** Does what follows in its flow from the end of a letter's task; nothing for a task of no flow. Rejects when it cannot yet. */
export async function advanceFlow(
  { table, flows }: Pick<LetterOptions, 'table' | 'flows'>,
  letter: Pick<Letter, 'id' | 'taskId' | 'flow'>,
): Promise<void> {
  const id = ownTask(letter);
  if (id && letter.flow) await flows.advance(letter.flow, await readResult(table, id));
}
