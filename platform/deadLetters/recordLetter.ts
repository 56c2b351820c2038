import type { TaskResultRecord } from '@taskfleet/toolbox/contract';
import { recordDead } from '@taskfleet/toolbox/table';
import { retentionOf } from '../retention.ts';
import { advanceFlow } from './advanceFlow.ts';
import { deathReason } from './deathReason.ts';
import { type LetterEntry, ownTask } from './entry.ts';
import { forgottenAt, keepEntry } from './keepEntry.ts';
import { keepHidden } from './keepHidden.ts';
import { diedAt, type Letter } from './letter.ts';
import type { LetterOptions } from './letterOptions.ts';

/** Characters kept of a message that cannot be read. */
const LONGEST_BODY = 4_000;

/** Says of a new letter's task that it is dead, and keeps the letter; then hides it. */
export async function recordLetter(
  options: LetterOptions,
  letter: Letter,
  met: TaskResultRecord | undefined,
): Promise<void> {
  // Somebody wrote in between: the letter comes back, and what is to be done is decided anew.
  if (!(await die(options, letter, met))) return;
  // Before the letter is known: if this process dies in between, all of it is done again.
  await advanceFlow(options, letter);
  const entry = entryOf(options, letter, met?.attempt ?? 0);
  await keepEntry(options.table, entry);
  options.log.event('letter.recorded', { letter: letter.id, reason: entry.reason });
  await keepHidden(options, letter);
}

/** Resolves to whether the record of the letter's own task, where there is one, says dead. */
async function die(
  { table, fleet, statistics, clock }: LetterOptions,
  letter: Letter,
  met: TaskResultRecord | undefined,
): Promise<boolean> {
  const id = ownTask(letter);
  if (!id || met?.state === 'dead') return true;
  const now = clock.now();
  const retentionMs = retentionOf(fleet, letter.task);
  const isDead = await recordDead(table, {
    id,
    reason: deathReason(fleet, letter),
    now,
    met,
    createdAt: letter.createdAt ?? now,
    // Not to go before the letter, from which the task may yet be redriven.
    retentionMs: Math.max(retentionMs, forgottenAt(diedAt(letter.place)) - now),
  });
  if (isDead && letter.task !== undefined && fleet.tasks.has(letter.task)) {
    statistics.count(letter.task, 'dead');
  }
  return isDead;
}

function entryOf({ fleet }: LetterOptions, letter: Letter, attempt: number): LetterEntry {
  const { id, service, messageId, groupId, place, taskId, task } = letter;
  return {
    v: 1,
    state: 'waiting',
    id,
    service,
    messageId,
    groupId,
    place,
    taskId,
    task,
    attempt,
    reason: deathReason(fleet, letter),
    diedAt: diedAt(place),
    body: letter.isReadable ? undefined : letter.body.slice(0, LONGEST_BODY),
  };
}
