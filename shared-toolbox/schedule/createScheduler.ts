import type { Availability } from '../breaker/index.ts';
import { awaitOutput } from './awaitOutput.ts';
import type { Origin } from './buildMessage.ts';
import { createSender, type SenderOptions } from './createSender.ts';
import { Lanes } from './lanes.ts';
import { type SchedulePort, scheduleVia, type Scheduling } from './scheduleVia.ts';
import { sendUnique } from './sendUnique.ts';

export type SchedulerOptions = SenderOptions;

export interface Scheduler extends Scheduling {
  /** A scheduler whose tasks are children of that one: same family, same creator unless said otherwise. */
  from(origin: Origin): Scheduling;
  /** What a `schedule()` elsewhere in this process needs, such as in a thread. */
  readonly port: SchedulePort;
  /** Whether the topic is known not to answer; `schedule()` then throws UnavailableError at once. Costs no call. */
  availability(): Availability;
  /** Ends the breaker's timers. They keep no process alive: a program that ends needs no call. */
  close(): void;
}

/** How long `handle.result()` bears a table that does not answer: the task goes on, and so does who waits for it. */
const PATIENCE_MS = 30_000;

/** Makes `schedule()`: the way from a call to a message that is out. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, table, bucket } = options;
  const sender = createSender(options);
  const lanes = new Lanes(clock);
  const port: SchedulePort = {
    publish: async (prepared) => sendUnique({ table, clock, send: sender.send }, prepared),
    output: async (id, timeoutMs) =>
      awaitOutput({ table, bucket, clock, id, timeoutMs, patienceMs: PATIENCE_MS }),
  };
  const schedulingFor = (origin: Origin | undefined) => scheduleVia({ port, origin, clock, lanes });
  return {
    ...schedulingFor(undefined),
    from: schedulingFor,
    port,
    availability: sender.availability,
    close: sender.close,
  };
}
