import { type Change, VERDICTS } from './change.ts';
import { compareOptions } from './compareOptions.ts';
import { compareSchemas } from './compareSchemas.ts';
import type { FleetDescription, TaskDescription, WorkerDescription } from './description.ts';
import { INPUT, outputDirections } from './directions.ts';
import { TASK_RULES, WORKER_RULES } from './optionRules.ts';

/**
 * What has changed between two versions of a fleet, by worker and task, the worst of each first. Nothing is told of what is the same.
 */
export function compareContracts(before: FleetDescription, after: FleetDescription): Change[] {
  return pairsOf(before.workers, after.workers).flatMap(([was, is]) => compareWorkers(was, is));
}

function compareWorkers(
  was: WorkerDescription | undefined,
  is: WorkerDescription | undefined,
): Change[] {
  if (!was) return is ? [addedWorker(is)] : [];
  if (!is) return [removedWorker(was)];
  const own = compareOptions(was.options, is.options, WORKER_RULES);
  return [
    ...worstFirst(is.name, own),
    ...pairsOf(was.tasks, is.tasks).flatMap(([one, other]) => compareTasks(one, other)),
  ];
}

function compareTasks(was: TaskDescription | undefined, is: TaskDescription | undefined): Change[] {
  if (!was) return is ? [addedTask(is)] : [];
  if (!is) return [removedTask(was)];
  const changes = [
    ...compareSchemas({ place: 'input', before: was.input, after: is.input }, INPUT),
    ...compareSchemas(
      { place: 'output', before: was.output, after: is.output },
      outputDirections(was.options),
    ),
    ...compareOptions(was.options, is.options, TASK_RULES),
  ];
  return worstFirst(is.name, changes);
}

function addedWorker({ name }: WorkerDescription): Change {
  return {
    verdict: 'careful',
    subject: name,
    what: 'the worker was added',
    consequence: 'until the stack has its queue, nothing takes its tasks',
    advice: 'Deploy the stack before anything schedules them',
  };
}

function removedWorker({ name }: WorkerDescription): Change {
  return {
    verdict: 'breaking',
    subject: name,
    what: 'the worker was removed',
    consequence: 'its queues go, with all that waits in them',
    advice:
      'Stop scheduling its tasks first, periodic ones too, and remove it when its queues and dead letters are empty',
  };
}

function addedTask({ name }: TaskDescription): Change {
  return {
    verdict: 'careful',
    subject: name,
    what: 'the task was added',
    consequence: 'a worker with the contract before puts it among the dead letters',
    advice: 'Deploy the worker before anything schedules it',
  };
}

function removedTask({ name }: TaskDescription): Change {
  return {
    verdict: 'breaking',
    subject: name,
    what: 'the task was removed',
    consequence: 'those that wait in queues or schedules become dead letters',
    advice:
      'Stop scheduling it first, periodic ones too, and keep its handler until none waits (14 days in queues, longer in schedules)',
  };
}

/** Of the same name, in the order of after, and then those that are no more. */
function pairsOf<T extends { readonly name: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly (readonly [T | undefined, T | undefined])[] {
  const was = new Map(before.map((one) => [one.name, one]));
  const is = new Set(after.map(({ name }) => name));
  return [
    ...after.map((one) => [was.get(one.name), one] as const),
    ...before.filter(({ name }) => !is.has(name)).map((one) => [one, undefined] as const),
  ];
}

function worstFirst(subject: string, changes: readonly Omit<Change, 'subject'>[]): Change[] {
  return changes
    .toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict))
    .map((change) => Object.assign({ subject }, change));
}
