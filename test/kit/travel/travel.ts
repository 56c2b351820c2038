import { setTimeout as delay } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type Duration, toMilliseconds } from '@taskfleet/toolbox/contract';
import type { TaskTable } from '@taskfleet/toolbox/table';
import type { Faults } from '../faults/faults.ts';
import type { FleetClock } from '../fleetClock.ts';
import { show } from '../showMessages.ts';
import { dueMoments } from './dueMoments.ts';
import { lookAtQueues, type QueuesNow, type QueuesParts } from './queuesNow.ts';

export interface TravelParts extends QueuesParts {
  readonly clock: FleetClock;
  /** No fault reaches these. */
  readonly sqs: SQSClient;
  readonly table: TaskTable;
  /** While any lasts, nobody may do what is to be done. */
  readonly faults: Pick<Faults, 'active'>;
}

export interface TravelOptions {
  /**
   * Real time in which nothing changes, while handlers run or a fault lasts, until time goes on without them. Default `'500ms'`.
   */
  readonly patience?: Duration;
}

/**
 * Lets so much time pass, counted from when the fleet is at rest: from one moment at which something is due to the next, and at each waits
 * until all that follows from it is done. Resolves when that is so for the last.
 */
export type Travel = (time: Duration, options?: TravelOptions) => Promise<void>;

const LOOK_EVERY_MS = 5;

/** Of the patience, for each look: a machine that has no time for the test has none for the fleet either. */
const LEAST_MS_A_LOOK = 10;

/** For what only the fleet itself can be slow with. */
const LONG_PATIENCE_MS = 3_000;

export function createTravel(parts: TravelParts): Travel {
  return async (time, { patience = '500ms' } = {}) => {
    const { clock } = parts;
    // What has been waited for once goes on in its own time.
    const waited = new Set<string>();
    const rest = async () => untilAtRest(parts, toMilliseconds(patience), waited);
    let now = await rest();
    // Only from here: what has just been scheduled is to be hidden for its retry before the time that brings it back.
    const target = clock.now() + toMilliseconds(time);
    for (let isThere = false; !isThere; now = await rest()) {
      const next = await nextMoment(parts, now);
      isThere = next > target;
      clock.shift(Math.max(0, Math.min(next, target) - clock.now()));
      await releaseDue(parts, now);
    }
  };
}

/** When something is due next; infinity when nothing is. */
async function nextMoment({ table, clock }: TravelParts, { hidden }: QueuesNow): Promise<number> {
  const { messages, firings } = await dueMoments(table);
  const now = clock.now();
  // What is overdue and has not been done yet waits for something else.
  const toCome = [...messages, ...firings].filter((at) => at > now);
  return Math.min(clock.firstTimerEndsAt, ...toCome, ...hidden.map(({ until }) => until));
}

/** The queues' own clock is the system's: what is due by the fleet's is shown by hand. */
async function releaseDue({ clock, sqs }: TravelParts, { hidden }: QueuesNow): Promise<void> {
  await show(
    sqs,
    hidden.filter(({ until }) => until <= clock.now()),
  );
}

/** Resolves when everything that is due is done, or nothing has changed for so long that it waits for something else. */
async function untilAtRest(
  parts: TravelParts,
  patienceMs: number,
  waited: Set<string>,
): Promise<QueuesNow> {
  let seen = '';
  let since = { at: performance.now(), looks: 0 };
  for (;;) {
    const { now, runs, isBusy, state } = await look(parts);
    if (!isBusy && runs.every((run) => waited.has(run))) return now;
    since = state === seen ? since : { at: performance.now(), looks: 0 };
    seen = state;
    since.looks += 1;
    const mayBeStuck = runs.length > 0 || parts.faults.active;
    if (isOver(since, mayBeStuck ? patienceMs : LONG_PATIENCE_MS)) {
      for (const run of runs) waited.add(run);
      return now;
    }
    await delay(LOOK_EVERY_MS);
  }
}

interface Look {
  readonly now: QueuesNow;
  /** Attempts under way. */
  readonly runs: readonly string[];
  /** Whether the fleet itself has something to do. */
  readonly isBusy: boolean;
  /** All of it, to be compared. */
  readonly state: string;
}

async function look(parts: TravelParts): Promise<Look> {
  const now = lookAtQueues(parts);
  // What is in the queues comes first: only then the table is worth a request.
  const late = now.busy === 0 ? await lateIn(parts) : undefined;
  const runs = now.running.map((id) => `${id} ${parts.sightings.of(id).length}`);
  const state = JSON.stringify([now, late, parts.sightings.all.length]);
  return { now, runs, isBusy: late !== 0, state };
}

function isOver(
  { at, looks }: { readonly at: number; readonly looks: number },
  patienceMs: number,
) {
  return performance.now() - at >= patienceMs && looks >= patienceMs / LEAST_MS_A_LOOK;
}

/** How many of the table's messages and periodic tasks are overdue. */
async function lateIn({ table, clock }: TravelParts): Promise<number> {
  const { messages, firings } = await dueMoments(table);
  return [...messages, ...firings].filter((at) => at <= clock.now()).length;
}
