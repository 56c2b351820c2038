import type { LocalStack } from '@taskfleet/infra/local';
import { implement, type TaskId } from '@taskfleet/toolbox/contract';
import {
  clientsOf,
  schedulerOn,
  serviceQueues,
  trackerOn,
  workerOn,
} from '../fixtures/startParts.ts';
import { add, sumFleet, sumWorker } from '../fixtures/sumFleet.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import { meter } from './meter.ts';

export interface Run {
  readonly seconds: number;
  readonly requests: ReadonlyMap<string, number>;
  readonly writeUnits: number;
  /** Milliseconds from the call of `schedule()` to the handler's start, while all tasks are scheduled at once. */
  readonly loadedMs: readonly number[];
  /** The same with one task at a time. Empty where it was not measured. */
  readonly idleMs: readonly number[];
}

const IDLE_TASKS = 20;

/** Schedules so many tasks at once, and waits until each has run and is recorded on both sides. */
export async function fleetRun(
  stack: Pick<LocalStack, 'endpoints' | 'outputs'>,
  tasks: number,
): Promise<Run> {
  const clients = clientsOf(stack);
  const counted = meter(clients);
  const starts = new Starts();
  const implementation = implement(sumWorker, {
    'sum.add': ({ a, b }, { id }) => {
      starts.note(id);
      return a + b;
    },
  });
  const parts = [
    workerOn({ stack, clients, implementation }),
    trackerOn({ stack, clients, fleet: sumFleet }),
  ];
  const { schedule } = schedulerOn(stack, clients);
  const asking = async (a: number) =>
    starts.measure(async () => (await schedule(add, { a, b: 1 })).id);
  const idleMs: number[] = [];
  for (let i = 0; i < IDLE_TASKS; i += 1) idleMs.push(await asking(i));
  await drained(stack);
  counted.clear();
  const startedAt = performance.now();
  const loadedMs = await Promise.all(Array.from({ length: tasks }, async (_, i) => asking(i)));
  await drained(stack);
  const seconds = (performance.now() - startedAt) / 1_000;
  const run = { seconds, requests: new Map(counted.requests), writeUnits: counted.writeUnits };
  await Promise.all(parts.map(async (part) => part.stop()));
  return { ...run, loadedMs, idleMs };
}

/** Resolves when neither the worker nor the platform has a message left. Asked by clients that are not counted. */
export async function drained(
  stack: Pick<LocalStack, 'endpoints' | 'outputs'>,
  worker: string = sumWorker.name,
): Promise<void> {
  const { sqs } = clientsOf(stack);
  const queues = [worker, 'platform'].map((service) => serviceQueues(stack, service).queueUrl);
  for (;;) {
    const depths = await Promise.all(queues.map(async (url) => queueDepth(sqs, url)));
    if (depths.every((depth) => depth === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** When handlers started, by task id. */
class Starts {
  readonly #at = new Map<TaskId, number>();
  readonly #waiting = new Map<TaskId, (at: number) => void>();

  note(id: TaskId): void {
    const at = performance.now();
    this.#waiting.get(id)?.(at);
    this.#at.set(id, at);
  }

  /** Milliseconds from now until the handler of the task that is scheduled starts. */
  async measure(schedule: () => Promise<TaskId>): Promise<number> {
    const askedAt = performance.now();
    const id = await schedule();
    const at =
      this.#at.get(id) ?? (await new Promise<number>((done) => this.#waiting.set(id, done)));
    return at - askedAt;
  }
}
