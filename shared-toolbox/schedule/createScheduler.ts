import type { Availability } from '../breaker/index.ts';
import { HookCaller, type Hooks } from '../hooks/index.ts';
import { awaitOutput } from './awaitResult.ts';
import type { Origin } from './buildMessage.ts';
import { createSender, type SenderOptions } from './createSender.ts';
import { hookedPublish } from './hookedPublish.ts';
import { Lanes } from './lanes.ts';
import { type SchedulePort, scheduleVia, type Scheduling } from './scheduleVia.ts';
import { sendUnique } from './sendUnique.ts';

export interface SchedulerOptions extends SenderOptions {
  /** Who is told of what is scheduled. Default: nobody. */
  readonly hooks?: readonly Hooks[] | undefined;
}

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

/** Makes `schedule()`: the way from a call to a message that is out. */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { clock, table, bucket } = options;
  const sender = createSender(options);
  const lanes = new Lanes(clock);
  const hooks = new HookCaller(options);
  const port: SchedulePort = {
    publish: async (prepared) =>
      hookedPublish(hooks, prepared, async () =>
        sendUnique({ table, clock, send: sender.send }, prepared),
      ),
    output: async (id, timeoutMs) => awaitOutput({ table, bucket, clock, id, timeoutMs }),
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
