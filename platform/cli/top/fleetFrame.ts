import type { Availability } from '@taskfleet/toolbox/breaker';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { FleetAccess } from '../../access/index.ts';
import type { QueueView } from '../../queues/index.ts';
import type { SeenTask, WorkerProcess } from '../../signals/index.ts';

/** What became of tasks lately, in numbers. */
export interface Pace {
  /** Minutes that were counted. */
  readonly minutes: number;
  readonly ended: number;
  /** Failed or dead. */
  readonly failed: number;
  /** Ended in each minute, the oldest first. */
  readonly points: readonly number[];
}

/** The fleet at one moment. */
export interface FleetFrame {
  readonly stage: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly availability: Availability;
  readonly pace: Pace;
  readonly processes: readonly WorkerProcess[];
  readonly queues: readonly QueueView[];
  /** The last to fail first. */
  readonly failures: readonly SeenTask[];
}

const MINUTE_MS = 60_000;
const MINUTES = 10;

/** As many as a tall terminal has room for. */
const MOST_FAILURES = 50;

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0);

export async function readFrame(
  access: FleetAccess,
  fleet: Fleet,
  at: number,
): Promise<FleetFrame> {
  const asked = { from: at - MINUTES * MINUTE_MS, to: at, stepMs: MINUTE_MS };
  const [availability, { tasks }, processes, queues, failed] = await Promise.all([
    access.availability(),
    access.statistics(fleet, asked),
    access.workers.list(),
    access.queues(),
    access.reader.list({ state: 'failed', limit: MOST_FAILURES }),
  ]);
  const steps = tasks[0]?.points ?? [];
  const pace = {
    minutes: MINUTES,
    ended: sum(tasks.map(({ total }) => total.ended)),
    failed: sum(tasks.map(({ total }) => total.failed + total.dead)),
    points: steps.map((_, i) => sum(tasks.map(({ points }) => points[i]?.ended ?? 0))),
  };
  const { stage } = access.place;
  return { stage, at, availability, pace, processes, queues, failures: failed.tasks };
}
