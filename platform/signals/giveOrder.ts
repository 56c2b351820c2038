import {
  type AnyTask,
  type Fleet,
  findTask,
  isProcessId,
  LONGEST_HOLD_MS,
  nearestName,
  type ProcessId,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { changeControl } from '@taskfleet/toolbox/table';
import { LambdaControlError, OrderError, UnknownProcessError } from '../errors.ts';
import { applyOrder, type Order } from './applyOrder.ts';
import { findWorker } from './findWorker.ts';
import { listProcesses, type WorkerProcess, type WorkersOptions } from './listProcesses.ts';

export interface OrderRequest {
  readonly worker: string;
  /** Default: all of the worker. */
  readonly process?: string | undefined;
  readonly order: Order;
  /** Who wants it. */
  readonly by: string;
}

/** An order that was given. */
export interface Told {
  readonly worker: string;
  readonly order: Order;
  /** A process that has heard as much has heard this order. */
  readonly revision: number;
  /** Whom it was meant for, of those that were there. */
  readonly processes: readonly WorkerProcess[];
}

const MOST_CONCURRENCY = 1_000;

/**
 * Tells a worker's processes what is wanted. Throws UnknownServiceError, UnknownProcessError, LambdaControlError, and OrderError for
 * a number that cannot be.
 */
export async function giveOrder(
  options: WorkersOptions,
  fleet: Fleet,
  { worker: name, process, order, by }: OrderRequest,
): Promise<Told> {
  checkOrder(fleet, name, order);
  const all = await listProcesses(options, name);
  const processes = process === undefined ? all : [findProcess(all, process)];
  const given = { order, by, at: options.clock.now(), known: all.map(({ id }) => id) };
  const whom = process === undefined ? {} : { process: processes[0]?.id };
  const { revision } = await changeControl(options.table, name, (before, next) =>
    applyOrder(before, next, { ...given, ...whom }),
  );
  return { worker: name, order, revision, processes };
}

/** Throws UnknownProcessError with the nearest id that exists. */
export function findProcess(all: readonly WorkerProcess[], id: string): WorkerProcess {
  const found = all.find((process) => process.id === id);
  if (found) return found;
  const known: ProcessId[] = all.map((process) => process.id);
  throw new UnknownProcessError(id, isProcessId(id) ? nearestName(id, known) : undefined, known);
}

/** Throws UnknownServiceError, LambdaControlError and OrderError for what no process of the worker can be told. */
export function checkOrder(fleet: Fleet, name: string, order: Order): void {
  const worker = findWorker(fleet, name);
  // An event source mapping receives there, and asks the table nothing.
  if (worker.compute.kind === 'lambda') throw new LambdaControlError(name);
  if (order.kind === 'concurrency') checkConcurrency(order.concurrency);
  if (order.kind === 'limits') checkLimits(taskOf(fleet, worker, order.task), order);
  if (order.kind === 'rate') taskOf(fleet, worker, order.task);
}

/** Throws UnknownTaskError, and OrderError for a task of another worker. */
function taskOf(fleet: Fleet, worker: Worker, name: string): AnyTask {
  const task = findTask(fleet, name);
  if (task.worker === worker.name) return task;
  throw new OrderError('task', `a task of "${worker.name}"`, name);
}

function checkConcurrency(concurrency = 1): void {
  if (Number.isInteger(concurrency) && concurrency >= 1 && concurrency <= MOST_CONCURRENCY) return;
  throw new OrderError('concurrency', `a whole number from 1 to ${MOST_CONCURRENCY}`, concurrency);
}

/** As the contract's own: a message is hidden for no more than twelve hours. */
function checkLimits(task: AnyTask, limits: Extract<Order, { kind: 'limits' }>): void {
  const timeLimitMs = limits.timeLimitMs ?? task.timeLimitMs;
  const mostMs = LONGEST_HOLD_MS - task.retry.maxMs;
  if (timeLimitMs < 1_000 || timeLimitMs > mostMs) {
    throw new OrderError('time limit', `1000 to ${mostMs} ms`, `${timeLimitMs} ms`);
  }
  const { softTimeLimitMs } = limits;
  if (softTimeLimitMs !== undefined && (softTimeLimitMs < 1 || softTimeLimitMs >= timeLimitMs)) {
    const expected = `more than nothing and less than the time limit of ${timeLimitMs} ms`;
    throw new OrderError('soft time limit', expected, `${softTimeLimitMs} ms`);
  }
}
