import { DefinitionError } from '../errors.ts';
import type { TaskContext } from './context.ts';
import { pingHandler } from './ping.ts';
import type { AnyTask, ParsedInputOf, ReturnOf } from './task.ts';
import type { Worker } from './worker.ts';

/** The function that does a task's work. Returning means succeeded, throwing means retry by policy. */
export type Handler<T extends AnyTask = AnyTask> = (
  input: ParsedInputOf<T>,
  context: TaskContext,
) => Promise<ReturnOf<T>> | ReturnOf<T>;

/** One handler for each task of a worker, by task name. */
export type Handlers<W extends Worker> = {
  readonly [T in W['tasks'][number] as T['name']]: Handler<T>;
};

/** A worker and its handlers, the one of its ping included: what `runWorker` runs. */
export interface WorkerImplementation<W extends Worker = Worker> {
  readonly worker: W;
  readonly handlers: ReadonlyMap<string, Handler>;
}

/** Joins a worker with its handlers. A missing, surplus or mistyped handler is a compile error, and DefinitionError for JavaScript. */
export function implement<const W extends Worker>(
  worker: W,
  // The worker alone says what is expected, so that handlers get their parameters' types from it.
  handlers: NoInfer<Handlers<W>>,
): WorkerImplementation<W> {
  const given = new Map(Object.entries<Handler>(handlers));
  const names = worker.tasks.map(({ name }) => String(name));
  const problems = [
    ...names.flatMap((name) => handlerProblem(name, given.get(name))),
    ...[...given.keys()]
      .filter((name) => !names.includes(name))
      .map((name) => `expected no handler for "${name}", which is no task of this worker`),
  ];
  if (problems.length > 0) throw new DefinitionError(`worker "${worker.name}"`, problems);
  const ping: readonly [string, Handler] = [worker.ping.name, pingHandler(worker.name, names)];
  return Object.freeze({ worker, handlers: new Map([...given, ping]) });
}

function handlerProblem(name: string, handler: unknown): string[] {
  if (typeof handler === 'function') return [];
  return [
    `expected a handler for "${name}", got ${handler === undefined ? 'none' : typeof handler}`,
  ];
}
