import type { Clock } from '@taskfleet/toolbox/clock';
import type { Check, Depth, Place } from '@taskfleet/toolbox/conformance/stage';
import {
  combineRecord,
  isTerminal,
  ResultTimeoutError,
  TaskfleetError,
  type TaskId,
  type TaskRecord,
  UnknownIdError,
  type Worker,
} from '@taskfleet/toolbox/contract';
import type { FleetAccess } from '../access/index.ts';
import { judgeSilence } from './judgeSilence.ts';
import { cutShort, judgeEnd } from './judgeEnd.ts';

/** Who asks, in the records of pings. */
export const CREATOR = 'taskfleet doctor';

/** What it takes to ping: parts of a fleet. They may reject with a TaskfleetError. */
export interface PingAccess {
  readonly schedule: FleetAccess['schedule'];
  readonly awaitEnd: (options: AwaitOptions) => Promise<TaskRecord>;
  /** Throws UnknownIdError. */
  readonly read: (id: TaskId) => Promise<TaskRecord>;
  /** What is in the queue of a service; undefined when that cannot be told. */
  readonly depth: (service: string) => Promise<Depth | undefined>;
}

interface AwaitOptions {
  readonly id: TaskId;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface PingOptions {
  readonly access: PingAccess;
  readonly worker: Worker;
  readonly place: Place;
  readonly clock: Pick<Clock, 'monotonic' | 'sleep'>;
  /** For the answer, and for the platform to record who asked. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface Pinged {
  readonly checks: readonly Check[];
  /** Whether the platform has recorded it; left out when it was not even scheduled. */
  readonly isTracked?: boolean;
}

const CLOCKS_APART_MS = 60_000;

/** Sends a worker's ping all the way that a task goes. Rejects when the signal aborts, and otherwise for no reason. */
export async function pingWorker(options: PingOptions): Promise<Pinged> {
  const { access, worker, clock, timeoutMs } = options;
  const askedAt = clock.monotonic();
  try {
    // Who gives up does not come back for the answer. The clocks of two machines may be some way apart.
    const expires = `${timeoutMs + CLOCKS_APART_MS}ms` as const;
    const { id } = await access.schedule(worker.ping, {}, { creator: CREATOR, expires });
    const record = await awaitAnswer(options, id);
    const tookMs = clock.monotonic() - askedAt;
    const checks = isTerminal(record.state)
      ? judgeEnd({ worker, record, tookMs })
      : [await giveUp(options, record)];
    return { checks, isTracked: await isTracked(options, id, askedAt) };
  } catch (error) {
    if (!(error instanceof TaskfleetError)) throw error;
    return { checks: [cutShort(worker, error)] };
  }
}

/** The record at its end, or what is known of it when the time is over. */
async function awaitAnswer(
  { access, timeoutMs, signal }: PingOptions,
  id: TaskId,
): Promise<TaskRecord> {
  try {
    return await access.awaitEnd({ id, timeoutMs, signal });
  } catch (error) {
    if (!(error instanceof ResultTimeoutError)) throw error;
    return readOrNothing(access, id);
  }
}

async function readOrNothing({ read }: PingAccess, id: TaskId): Promise<TaskRecord> {
  try {
    return await read(id);
  } catch (error) {
    if (!(error instanceof UnknownIdError)) throw error;
    return combineRecord(id, {});
  }
}

async function giveUp(options: PingOptions, record: TaskRecord): Promise<Check> {
  const { access, worker, place, timeoutMs } = options;
  const depth = await access.depth(worker.name);
  return judgeSilence({ worker, record, depth, place, timeoutMs });
}

const LOOK_EVERY_MS = 200;

/** A worker may be faster than the tracker. */
async function isTracked(
  { access, clock, timeoutMs, signal }: PingOptions,
  id: TaskId,
  askedAt: number,
): Promise<boolean> {
  for (;;) {
    const { creator } = await readOrNothing(access, id);
    if (creator === CREATOR) return true;
    if (clock.monotonic() - askedAt >= timeoutMs) return false;
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}
