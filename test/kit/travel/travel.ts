import { setTimeout as delay } from 'node:timers/promises';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { type Duration, toMilliseconds } from '@taskfleet/toolbox/contract';
import type { TaskTable } from '@taskfleet/toolbox/table';
import type { FleetClock } from '../fleetClock.ts';
import { show } from '../showMessages.ts';
import { dueMoments } from './dueMoments.ts';
import { lookAtQueues, type QueuesNow, type QueuesParts } from './queuesNow.ts';

export interface TravelParts extends QueuesParts {
  readonly clock: FleetClock;
  /** No fault reaches these. */
  readonly sqs: SQSClient;
  readonly table: TaskTable;
}

export interface TravelOptions {
  /**
   * Real time for which a handler may go on, or a part of the fleet do nothing about what it has to do, until time goes on without it.
   * Default `'500ms'`.
   */
  readonly patience?: Duration;
}

/**
 * Lets time pass in the fleet, from one moment at which something is due to the next; at each, waits until all that follows from it is
 * done. Resolves when that is so for the last.
 */
export type Travel = (time: Duration, options?: TravelOptions) => Promise<void>;

const LOOK_EVERY_MS = 5;

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
  let sameSince = performance.now();
  for (;;) {
    const now = lookAtQueues(parts);
    const late = now.busy === 0 ? await lateIn(parts) : NaN;
    const runs = now.running.map((id) => `${id} ${parts.sightings.of(id).length}`);
    if (now.busy === 0 && late === 0 && runs.every((run) => waited.has(run))) return now;
    const state = JSON.stringify([now, late, parts.sightings.all.length]);
    if (state !== seen) {
      seen = state;
      sameSince = performance.now();
    } else if (performance.now() - sameSince >= patienceMs) {
      for (const run of runs) waited.add(run);
      return now;
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** How many of the table's messages and periodic tasks are overdue. */
async function lateIn({ table, clock }: TravelParts): Promise<number> {
  const { messages, firings } = await dueMoments(table);
  return [...messages, ...firings].filter((at) => at <= clock.now()).length;
}
