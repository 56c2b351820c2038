import { readResult } from '@taskfleet/toolbox/table';
import { advanceFlow } from './advanceFlow.ts';
import { decide } from './decide.ts';
import { discard } from './discardLetter.ts';
import { ownTask } from './entry.ts';
import { fileLetter } from './fileLetter.ts';
import { readEntry } from './keepEntry.ts';
import { keepHidden } from './keepHidden.ts';
import type { Letter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';
import { recordLetter } from './recordLetter.ts';
import { redriveLetter } from './redriveLetter.ts';

/** The watcher's way of a letter: read what is known → decide → act. Rejects when table or queue do; the letter comes back. */
export async function handleLetter(options: LetterOptions, letter: Letter): Promise<void> {
  const own = ownTask(letter);
  const entry = await readEntry(options.table, letter.id);
  const record = own && (await readResult(options.table, own));
  const decision = decide(letter, entry, record);
  switch (decision.kind) {
    case 'file':
      return fileLetter(options, letter);
    case 'record':
      return recordLetter(options, letter, record);
    case 'keep':
      return keepHidden(options, letter);
    case 'redrive':
      return redriveLetter(options, letter);
    case 'discard':
      // A task that has ended may be here because its worker could not carry on its flow.
      await advanceFlow(options, letter);
      return discard(options, letter, decision.why);
    case 'leave':
      return undefined;
  }
}
