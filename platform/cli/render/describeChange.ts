import { isTerminal } from '@taskfleet/toolbox/contract';
import type { SeenTask } from '../../signals/index.ts';
import { span } from './age.ts';
import { stateText } from './paint.ts';
import { plainText } from './plainText.ts';

/** Something that has become of a task: `progress` comes often, and a terminal has a bar for it. */
export interface Change {
  readonly kind: 'state' | 'cancel' | 'progress';
  readonly text: string;
}

/** What is new of a task since it was seen last; of one that is seen for the first time, all. Pure. */
export function describeChange(before: SeenTask | undefined, now: SeenTask): readonly Change[] {
  const isGoing = !isTerminal(now.state);
  const asked = isGoing && before?.cancel === undefined ? now.cancel : undefined;
  const further = isGoing && !isSameProgress(before, now) ? now.progress : undefined;
  return [
    ...(!isSameState(before, now) ? [{ kind: 'state', text: describeState(now) } as const] : []),
    ...(asked
      ? [{ kind: 'cancel', text: `asked to stop by ${plainText(asked.by)}` } as const]
      : []),
    ...(further ? [{ kind: 'progress', text: describeProgress(further) } as const] : []),
  ];
}

function isSameState(before: SeenTask | undefined, { state, attempt, lost }: SeenTask): boolean {
  return before?.state === state && before.attempt === attempt && before.lost === lost;
}

function isSameProgress(before: SeenTask | undefined, { progress, attempt }: SeenTask): boolean {
  return (
    before?.attempt === attempt &&
    before.progress?.fraction === progress?.fraction &&
    before.progress?.note === progress?.note
  );
}

function describeState(task: SeenTask): string {
  const { state, attempt, holder, error, startedAt, finishedAt } = task;
  const name = stateText(task);
  const reason = error ? `: ${plainText(`${error.name}: ${error.message}`)}` : '';
  if (state === 'running') return `${name}, attempt ${attempt}${holder ? ` in ${holder}` : ''}`;
  if (state === 'retrying') return `${name} after attempt ${attempt}${reason}`;
  if (!isTerminal(state)) return name;
  const took = startedAt !== undefined && finishedAt !== undefined;
  return `${name}${took ? ` after ${span(finishedAt - startedAt)}` : ''}${state === 'succeeded' ? '' : reason}`;
}

function describeProgress({ fraction, note }: NonNullable<SeenTask['progress']>): string {
  const percent = `${Math.floor(fraction * 100)}%`;
  return note === undefined ? percent : `${percent}: ${plainText(note)}`;
}
