import { canBecome, isTerminal, type TaskResultRecord } from '@taskfleet/toolbox/contract';
import type { LetterEntry } from './entry.ts';
import type { Letter } from './letter.ts';

/** What the watcher does with a letter that it has received. */
export type Decision =
  /** Give it a message group of its own, so that nothing hides behind it. */
  | { readonly kind: 'file' }
  /** It is new: say so in the records. */
  | { readonly kind: 'record' }
  /** It is known, and waits. */
  | { readonly kind: 'keep' }
  /** It is wanted back in its service's queue. */
  | { readonly kind: 'redrive' }
  /** Nobody needs it any more. */
  | { readonly kind: 'discard'; readonly why: string }
  /** Nothing can be done with it now: it comes back. */
  | { readonly kind: 'leave' };

/** `record` is that of the letter's own task; a letter without one has none. Pure. */
export function decide(
  letter: Pick<Letter, 'messageId' | 'standsAlone'>,
  entry: LetterEntry | undefined,
  record: TaskResultRecord | undefined,
): Decision {
  if (entry?.messageId === letter.messageId) return decideKnown(entry);
  const state = record?.state ?? 'queued';
  if (state === 'dead') {
    if (isSecondCopy(letter, entry)) return { kind: 'discard', why: 'another copy is known' };
  } else if (!canBecome(state, 'dead')) {
    if (!isTerminal(state)) return { kind: 'leave' };
    return { kind: 'discard', why: `the task has ended: it is ${state}` };
  }
  return { kind: letter.standsAlone ? 'record' : 'file' };
}

function decideKnown({ state }: LetterEntry): Decision {
  if (state === 'waiting') return { kind: 'keep' };
  if (state === 'redriving') return { kind: 'redrive' };
  return { kind: 'discard', why: `it was ${state}` };
}

/**
 * Left behind by a process that died between sending a copy and deleting the first. A letter that stands alone and yet is not
 * the one that is known has taken its place: the queue gives the older of a group first.
 */
function isSecondCopy({ standsAlone }: Pick<Letter, 'standsAlone'>, entry?: LetterEntry): boolean {
  if (entry?.state === 'purged') return true;
  return !standsAlone && (entry?.state === 'waiting' || entry?.state === 'redriving');
}
