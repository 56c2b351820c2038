import { setTimeout as delay } from 'node:timers/promises';
import {
  type AnyTask,
  type Handler,
  isTerminal,
  type TaskId,
  type TaskRecord,
  UnknownIdError,
  type Worker,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { type BootedFleet, bootFleet } from '../../fleetForTests.ts';
import type { TestFleet } from '../../testFleet.ts';
import type { WireRequest } from '../../wire.ts';
import type { SubjectOptions } from '../subject.ts';
import { castOf, type Child } from './cast.ts';
import { rehearsedWorker } from './rehearsedWorker.ts';
import { prepareTrial, type Trial, type Unfit } from './samples.ts';

/** What became of a sample. */
export interface Run extends Trial {
  /** Why nobody took it; there is then nothing else. */
  readonly refused?: Error;
  /** What was known of it last: that it has ended, unless it took too long. */
  readonly record?: TaskRecord;
}

/** The worker in a fleet of its own, on emulators, with its own handlers. */
export interface Rehearsal extends Pick<BootedFleet, 'ground' | 'processes'> {
  readonly fleet: TestFleet;
  /** As it is rehearsed. */
  readonly worker: Worker;
  /** What can be run. */
  readonly trials: readonly Trial[];
  readonly unfit: readonly Unfit[];
  /** The samples, run once for all rules. */
  runs(): Promise<readonly Run[]>;
  /** Schedules a sample and has a handler run in the place of its own. */
  perform(trial: Trial, handler: Handler): Promise<TaskId>;
  /** The own handler of a sample's task. */
  handlerOf(trial: Trial): Handler;
  /** Everything that handlers have scheduled so far. */
  readonly children: readonly Child[];
  /** Everything that the worker's processes have asked of AWS so far. */
  readonly requests: readonly WireRequest[];
  /** What is known of a task once `isEnough`, or last when that takes too long. */
  recordOf(
    id: TaskId,
    isEnough: (record: TaskRecord) => boolean,
    timeoutMs?: number,
  ): Promise<TaskRecord | undefined>;
  stop(): Promise<void>;
}

export const LOOK_EVERY_MS = 5;

/** For all that the fleet itself does, such as giving up a handler five seconds after it was told to end. */
export const PATIENCE_MS = 30_000;

export async function openRehearsal(
  implementation: WorkerImplementation,
  options: SubjectOptions,
): Promise<Rehearsal> {
  const worker = rehearsedWorker(implementation.worker);
  const cast = castOf({ ...implementation, worker });
  const { declared = [] } = options;
  const { fleet, ...booted } = await bootFleet({ workers: [cast.implementation], declared });
  const requests: WireRequest[] = [];
  booted.ground.wire.observe(async (request) => {
    if (request.by.startsWith(`${worker.name}/`)) requests.push(request);
  });
  const handled = worker.tasks.filter(({ name }) => implementation.handlers.has(name));
  const prepared = await Promise.all(
    handled.map(async (task) => prepareTrial(task, options.samples, fleet)),
  );
  const trials = prepared.filter((one): one is Trial => 'input' in one);
  const recordOf = recordsOf(fleet);
  const runAll = async () =>
    Promise.all(trials.map(async (trial) => run(fleet, trial, recordOf, options.timeoutMs)));
  let runs: Promise<readonly Run[]> | undefined;
  let performed = 0;
  return {
    ...booted,
    fleet,
    worker,
    trials,
    unfit: prepared.filter((one): one is Unfit => 'problem' in one),
    runs: async () => (runs ??= runAll()),
    perform: async ({ task, input }, handler) => {
      performed += 1;
      const creator = `conformance-${performed}`;
      cast.standIn(creator, handler);
      return (await fleet.schedule(task, input, { creator })).id;
    },
    handlerOf: ({ task }) => handlerOf(implementation, task),
    children: cast.children,
    requests,
    recordOf,
    stop: async () => fleet.stop(),
  };
}

function handlerOf({ handlers }: WorkerImplementation, { name }: AnyTask): Handler {
  const handler = handlers.get(name);
  if (!handler) throw new RangeError(`nobody handles ${name}`);
  return handler;
}

async function run(
  fleet: TestFleet,
  trial: Trial,
  recordOf: Rehearsal['recordOf'],
  timeoutMs: number,
): Promise<Run> {
  try {
    const { id } = await fleet.schedule(trial.task, trial.input);
    const record = await recordOf(id, isOver, timeoutMs);
    if (!record || !isOver(record)) await giveUp(fleet, id, recordOf);
    return { ...trial, ...(record && { record }) };
  } catch (error) {
    return { ...trial, refused: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** What goes on has a place in its worker, and in its group, which others need. */
async function giveUp(
  fleet: TestFleet,
  id: TaskId,
  recordOf: Rehearsal['recordOf'],
): Promise<void> {
  await fleet.cancel(id);
  await recordOf(id, isOver);
}

/** Whether a task has ended, and the tracker too has seen it. */
export function isOver({ state, task }: TaskRecord): boolean {
  return isTerminal(state) && task !== undefined;
}

function recordsOf(fleet: TestFleet): Rehearsal['recordOf'] {
  return async (id, isEnough, timeoutMs = PATIENCE_MS) => {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const record = await fleet.get(id).catch(unlessUnknown);
      if ((record && isEnough(record)) || performance.now() > end) return record;
      await delay(LOOK_EVERY_MS);
    }
  };
}

function unlessUnknown(error: unknown): undefined {
  if (error instanceof UnknownIdError) return undefined;
  throw error;
}
