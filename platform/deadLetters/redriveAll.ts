import { NoLetterError } from '../errors.ts';
import { type Asking, askForRedrive } from './askForRedrive.ts';
import type { LetterEntry } from './entry.ts';

/** Ids of letters that are back in their queue, and of those that are not yet. */
export interface Redriven<Id extends string = LetterEntry['id']> {
  readonly redriven: readonly Id[];
  readonly pending: readonly Id[];
}

/** Groups that are put back side by side. */
const GROUPS = 16;

/**
 * Puts letters back, those of one group one after another in the order in which they died. When the watcher does not answer,
 * nothing further is asked for: it would be put back in any order later.
 */
export async function redriveAll(
  asking: Asking,
  letters: readonly LetterEntry[],
): Promise<Redriven> {
  const inOrder = letters.toSorted(byPlace);
  const groups = [...Map.groupBy(inOrder, ({ groupId }) => groupId).values()];
  const redriven = new Set<LetterEntry['id']>();
  let unanswered = false;
  const putBack = async () => {
    for (let group = groups.shift(); group && !unanswered; group = groups.shift()) {
      for (const letter of group) {
        unanswered ||= !(await isAnswered(asking, letter));
        if (unanswered) return;
        redriven.add(letter.id);
      }
    }
  };
  await Promise.all(Array.from({ length: GROUPS }, putBack));
  return {
    redriven: [...redriven],
    pending: inOrder.map(({ id }) => id).filter((id) => !redriven.has(id)),
  };
}

/** A letter that somebody else has put back or purged meanwhile needs nothing more. */
async function isAnswered(asking: Asking, letter: LetterEntry): Promise<boolean> {
  try {
    return await askForRedrive(asking, letter);
  } catch (error) {
    if (error instanceof NoLetterError) return true;
    throw error;
  }
}

function byPlace(a: LetterEntry, b: LetterEntry): number {
  if (a.place === b.place) return 0;
  return a.place < b.place ? -1 : 1;
}
