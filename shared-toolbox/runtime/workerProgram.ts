import type { SettingsOf, Worker, WorkerImplementation } from '../contract/index.ts';
import type { WorkerOptions } from './workerParts.ts';

/** Makes a worker's handlers of what its program is told: called once, when the process starts. */
export type Implementer<W extends Worker> = (settings: SettingsOf<W>) => WorkerImplementation<W>;

/** What a worker's program consists of, however it was given. */
export interface WorkerProgram {
  readonly worker: Worker;
  readonly implementation: (settings: SettingsOf<Worker>) => WorkerImplementation;
  readonly options: WorkerOptions;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a function of one worker's settings is none of any worker's
type AnyImplementer = Implementer<any>;

/** An implementation and options, or a worker, what makes its implementation, and options. */
export type ProgramArguments = [
  first: WorkerImplementation | Worker,
  second?: WorkerOptions | AnyImplementer,
  third?: WorkerOptions,
];

export function workerProgram(
  ...[first, second = {}, third = {}]: ProgramArguments
): WorkerProgram {
  const worker = 'handlers' in first ? first.worker : first;
  if (typeof second === 'function') return { worker, implementation: second, options: third };
  return { worker, implementation: () => first as WorkerImplementation, options: second };
}
