import type { Availability } from '../breaker/index.ts';
import { awaitFlowOutput, createFlows, type Flows, startFlow } from '../canvas/index.ts';
import { definitionOf, type Fleet, isFlowId } from '../contract/index.ts';
import { type DefinitionToKeep, isDueKept, type TaskTable } from '../table/index.ts';
import { HookCaller, type Hooks } from '../hooks/index.ts';
import { inScheduleSpan } from '../trace/index.ts';
import { awaitOutput } from './awaitOutput.ts';
import type { Origin } from './buildMessage.ts';
import { createSender, type SenderOptions } from './createSender.ts';
import { hookedPublish } from './hookedPublish.ts';
import { Lanes } from './lanes.ts';
import type { Prepared } from './prepare.ts';
import { type SchedulePort, scheduleVia, type Scheduling } from './scheduleVia.ts';
import { sendUnique } from './sendUnique.ts';

export interface SchedulerOptions extends SenderOptions {
  /** Tasks that a canvas may have; another is refused. Default: any. */
  readonly fleet?: Fleet;
  /** Who is told of what is scheduled. Default: nobody. */
  readonly hooks?: readonly Hooks[] | undefined;
  /** Told of each task of a `schedule()` that is out, before the call resolves; must not reject. Default: nobody. */
  readonly published?: ((published: DefinitionToKeep) => Promise<void>) | undefined;
}

export interface Scheduler extends Scheduling {
  /**
   * A scheduler whose tasks are children of that one: same family, same creator unless said otherwise. When the signal aborts, nobody
   * waits for their results any more.
   */
  from(origin: Origin, signal?: AbortSignal): Scheduling;
  /** What a `schedule()` elsewhere in this process needs, such as in a thread. */
  readonly port: SchedulePort;
  /**
   * Whether the topic is known not to answer; `schedule()` then throws UnavailableError at once. Returns at once what is known: ask
   * each second for a page, and it learns of an outage within seconds also while nobody schedules anything, by a look in the
   * background every five seconds.
   */
  availability(): Availability;
  /** Carries on what was started: for workers and the platform. */
  readonly flows: Flows;
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
  const hooks = new HookCaller(options);
  const flows = createFlows({
    table,
    bucket,
    clock,
    // As a durable one. The contract may be another worker's: nothing of its input is shown while it waits in the table.
    post: async ({ task: name, retentionMs }, asked) =>
      inScheduleSpan(asked, async (message) => {
        await sender.send({
          task: { name, retentionMs },
          message,
          definition: definitionOf(undefined, message),
          isDurable: true,
          uniqueKey: undefined,
        });
      }),
  });
  const send = async (prepared: Prepared) => {
    const definition = await sender.send(prepared);
    if (!options.published || (await isWaiting(table, prepared))) return;
    await options.published({ definition, retentionMs: prepared.task.retentionMs });
  };
  const port: SchedulePort = {
    publish: async (prepared) =>
      hookedPublish(hooks, prepared, async () => sendUnique({ table, clock, send }, prepared)),
    output: async (id, timeoutMs, signal) => {
      const patience = { timeoutMs, patienceMs: PATIENCE_MS, ...(signal && { signal }) };
      const awaiting = { table, bucket, clock, id, ...patience };
      return isFlowId(id) ? awaitFlowOutput(awaiting) : awaitOutput(awaiting);
    },
    start: async (planned) => startFlow({ table, bucket, clock, flows }, planned),
  };
  const asking = { port, clock, lanes, fleet: options.fleet };
  const schedulingFor = (origin: Origin | undefined, signal?: AbortSignal) =>
    scheduleVia({ ...asking, origin, signal });
  return {
    ...schedulingFor(undefined),
    from: schedulingFor,
    port,
    flows,
    availability: sender.availability,
    close: sender.close,
  };
}

/** Whether it waits in the table, which a durable one does while the topic is away. Who cannot tell takes it for waiting. */
async function isWaiting(table: TaskTable, { message, isDurable }: Prepared): Promise<boolean> {
  if (message.dueAt !== undefined) return true;
  return isDurable && isDueKept(table, message.id).catch(() => true);
}
