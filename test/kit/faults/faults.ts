import { setTimeout as delay } from 'node:timers/promises';
import { type AnyTask, findTask, type Fleet, parseMessage } from '@taskfleet/toolbox/contract';
import type { Scheduler } from '@taskfleet/toolbox/schedule';
import type { Ground } from '../parts.ts';
import type { Processes } from '../processes.ts';
import type { Interceptor } from '../wire.ts';
import { deliveredTwice } from './deliveredTwice.ts';
import { isOfTable, isOfTopic, throttled, unavailable } from './outages.ts';
import { settledLate } from './settledLate.ts';
import type { Silence } from './silence.ts';

/** Ends a fault. Once more is no error. */
export type Undo = () => Promise<void>;

/** What goes wrong, until it is lasting. None of it reaches `fleet.access`, `fleet.get` and the spies. */
export interface Faults {
  /** Nothing can be published: `schedule()` throws UnavailableError, what is durable waits in the table. */
  topicUnavailable(): Promise<Undo>;
  /** No read and no write is answered, of anybody. */
  tableUnavailable(): Promise<Undo>;
  /** Every read and write is refused for want of capacity. */
  tableThrottled(): Promise<Undo>;
  /** The worker's queue gives it nothing, and says nothing of it. */
  queueSilent(worker: string): Promise<Undo>;
  /** Each message of the task, or of any, that is received from now on comes once more after it was deleted. */
  deliveredTwice(task?: AnyTask | string): Promise<Undo>;
  /**
   * The worker's process is gone: what it held comes back at once, as it would after its lease, and nobody takes it until undoing starts
   * another. Handlers that ran go on, as JavaScript cannot end them; what they ask of the fleet never arrives.
   */
  workerKilled(worker: string): Promise<Undo>;
  /** The worker's process stands still and another takes over what it held; lasting, the first goes on, and what it writes comes too late. */
  workerFrozen(worker: string): Promise<Undo>;
  /** Deletions of the worker's messages arrive only when it is lasting: until then each message has come again. */
  settledLate(worker: string): Promise<Undo>;
  /** Whether any lasts. */
  readonly active: boolean;
  /** Undoes all, the last first. */
  clear(): Promise<void>;
}

export interface FaultParts extends Pick<Ground, 'fleet' | 'wire' | 'sqs' | 'stack'> {
  readonly processes: Processes;
  readonly silence: Silence;
  readonly caller: Pick<Scheduler, 'availability'>;
}

export function createFaults(parts: FaultParts): Faults {
  const { fleet, wire, sqs, stack, processes, silence } = parts;
  const { inspectQueue } = stack;
  const lasting = new Set<Undo>();
  const add = (end: () => Promise<void> | void): Undo => {
    const undo = async () => {
      if (lasting.delete(undo)) await end();
    };
    lasting.add(undo);
    return undo;
  };
  const intercept = async (interceptor: Interceptor) => add(wire.intercept(interceptor));
  return {
    topicUnavailable: async () => {
      const end = wire.intercept(unavailable(isOfTopic));
      return add(async () => {
        end();
        await untilAvailable(parts);
      });
    },
    tableUnavailable: async () => intercept(unavailable(isOfTable)),
    tableThrottled: async () => intercept(throttled(isOfTable)),
    queueSilent: async (worker) => {
      processes.check(worker);
      return add(silence.of(worker));
    },
    deliveredTwice: async (task) =>
      add(wire.observe(deliveredTwice({ sqs, isMeant: isMessageOf(fleet, task) }))),
    workerKilled: async (worker) => {
      await processes.cutOff(worker, new Promise(() => undefined));
      return add(() => processes.begin(worker));
    },
    workerFrozen: async (worker) => {
      const thaw = Promise.withResolvers<void>();
      await processes.cutOff(worker, thaw.promise);
      processes.begin(worker);
      return add(thaw.resolve);
    },
    settledLate: async (worker) => {
      processes.check(worker);
      const late = Promise.withResolvers<void>();
      const end = wire.intercept(settledLate({ sqs, inspectQueue, worker, until: late.promise }));
      return add(() => {
        end();
        late.resolve();
      });
    },
    get active() {
      return lasting.size > 0;
    },
    clear: async () => {
      for (const undo of [...lasting].toReversed()) await undo();
    },
  };
}

/** Throws UnknownTaskError for a name that the fleet does not have. */
function isMessageOf(fleet: Fleet, task: AnyTask | string | undefined) {
  if (task === undefined) return () => true;
  const { name } = findTask(fleet, typeof task === 'string' ? task : task.name);
  return (body: string) => {
    const message = parseMessage(body);
    return message.ok && message.value.task === name;
  };
}

/** The caller's breaker looks by itself whether the topic is back. */
async function untilAvailable({ caller }: FaultParts): Promise<void> {
  while (!caller.availability().available) await delay(5);
}
