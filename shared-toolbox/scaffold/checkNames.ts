import {
  type AnyTask,
  type Compute,
  defineFleet,
  defineTask,
  defineWorker,
  DefinitionError,
  type Fleet,
  type Pool,
  type Worker,
} from '../contract/index.ts';
import { z } from 'zod';
import { ScaffoldError } from './errors.ts';

export interface WorkerToCheck {
  readonly name: string;
  /** `worker.action` */
  readonly task: string;
  readonly compute: Compute;
  readonly pool: Pool;
}

/** What Windows takes for devices, with any ending (learn.microsoft.com/windows/win32/fileio/naming-a-file). */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/**
 * Refuses a name that contracts, ids, AWS or file systems cannot carry, or that is taken, with one that would do. The contracts' own rules
 * decide: a worker that is let through here can be defined. Throws ScaffoldError.
 */
export function checkWorker(fleet: Fleet, { name, task, compute, pool }: WorkerToCheck): void {
  if (fleet.workers.some((worker) => worker.name === name)) {
    throw new ScaffoldError([
      `there is a worker "${name}" already; add a task to it with taskfleet new task ${name}.<action>`,
    ]);
  }
  const problems = [
    ...(DEVICES.test(name) ? ['Windows cannot have a folder of that name'] : []),
    ...candidateProblems(fleet, { name, task, compute, pool }),
  ];
  if (problems.length > 0) throw new ScaffoldError(problems, suggestion(fleet, name));
}

/** Refuses the name of a task as above. */
export function checkTask({ name, tasks, compute, pool }: Worker, task: string): void {
  if (tasks.some((other) => other.name === task)) {
    throw new ScaffoldError([`there is a task "${task}" already`]);
  }
  const problems = problemsOf(() => {
    defineWorker(name, { tasks: [...tasks, taskOf(task)] as never, compute, pool });
  });
  if (problems.length > 0) throw new ScaffoldError(problems);
}

function candidateProblems(fleet: Fleet, { name, task, compute, pool }: WorkerToCheck): string[] {
  return problemsOf(() => {
    const candidate = defineWorker(name, { tasks: [taskOf(task)] as never, compute, pool });
    defineFleet([...fleet.workers, candidate]);
  });
}

function taskOf(name: string): AnyTask {
  return defineTask(name as `${string}.${string}`, { input: z.object({}), output: z.object({}) });
}

function problemsOf(define: () => void): string[] {
  try {
    define();
    return [];
  } catch (error) {
    if (error instanceof DefinitionError) return [error.message];
    throw error;
  }
}

/** Characters of a worker's name. */
const LONGEST_NAME = 31;

/** A name near to that which can be, or none. */
function suggestion(fleet: Fleet, name: string): string | undefined {
  const near = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST_NAME)
    .replace(/-+$/, '');
  const isUsable = near !== name && near !== '' && !fleet.workers.some((w) => w.name === near);
  return isUsable ? near : undefined;
}
