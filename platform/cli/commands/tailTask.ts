import type { Clock } from '@taskfleet/toolbox/clock';
import {
  isTaskId,
  isTerminal,
  TASK_STATES,
  TaskFailedError,
  type TaskId,
  UnknownIdError,
} from '@taskfleet/toolbox/contract';
import type { FleetAccess } from '../../access/index.ts';
import { isUnknownId } from '../../isUnknownId.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { failureOf } from '../taskFailure.ts';
import { LogFollower } from '../logFollower.ts';
import { TaskTeller } from '../taskTeller.ts';
import { tellGoesOn } from '../tellGoesOn.ts';
import { untilInterrupted } from '../untilInterrupted.ts';

export interface TailArgs {
  readonly id: string;
  readonly family?: boolean;
  readonly json?: boolean;
}

interface Following {
  readonly access: FleetAccess;
  readonly id: TaskId;
  readonly teller: TaskTeller;
  readonly signal: AbortSignal;
}

/**
 * Tells what becomes of a task until it has ended; with `family`, of all that its root led to until all of it has. Throws TaskFailedError
 * when it ended badly. The lines that the task says come in between, without those of its family.
 */
export async function tailTask(
  deps: CliDeps,
  { id, family = false, json = false }: TailArgs,
): Promise<ExitCode> {
  if (!isTaskId(id)) throw new UnknownIdError(id);
  const access = await deps.openFleet();
  const teller = new TaskTeller(deps, { id, isFamily: family, json });
  const failure = await untilInterrupted(deps.signals, async (signal) => {
    try {
      await awaitKnown(access, deps.clock, { id, signal });
      const { reader } = access;
      const log = new LogFollower({
        reader,
        clock: deps.clock,
        id,
        tell: (page) => teller.tellLog(page),
      });
      const follow = family ? followFamily : followTask;
      try {
        return await follow({ access, id, teller, signal });
      } finally {
        await log.stop(signal);
      }
    } finally {
      teller.close();
    }
  });
  if (failure === 'interrupted') return tellGoesOn(deps, id);
  if (failure) throw failure;
  return EXIT.ok;
}

/** A task that was scheduled just now is known as soon as the platform has seen its copy. */
const PATIENCE_MS = 5_000;
const LOOK_EVERY_MS = 250;

async function awaitKnown(
  { reader }: FleetAccess,
  clock: Clock,
  { id, signal }: Pick<Following, 'id' | 'signal'>,
): Promise<void> {
  const endsAt = clock.monotonic() + PATIENCE_MS;
  for (;;) {
    try {
      await reader.get(id);
      return;
    } catch (error) {
      if (!isUnknownId(error) || clock.monotonic() >= endsAt) throw error;
    }
    await clock.sleep(LOOK_EVERY_MS, signal);
  }
}

async function followTask({
  access,
  id,
  teller,
  signal,
}: Following): Promise<TaskFailedError | undefined> {
  for await (const record of access.follow.task(id, signal)) {
    teller.tell(record);
    if (isTerminal(record.state)) return failureOf(record);
  }
  throw new RangeError('expected to be told until the task has ended');
}

async function followFamily({
  access,
  id,
  teller,
  signal,
}: Following): Promise<TaskFailedError | undefined> {
  for await (const { tasks, counts, state } of access.follow.family(id, signal)) {
    for (const record of tasks) teller.tell(record);
    const going = TASK_STATES.filter((some) => !isTerminal(some) && counts[some] !== undefined);
    const own = tasks.find((record) => record.id === id) ?? (await access.reader.get(id));
    if (going.length > 0 || !isTerminal(own.state)) continue;
    const failure = [own, ...tasks].map(failureOf).find((some) => some !== undefined);
    if (failure || state === undefined || state === 'succeeded') return failure;
    return new TaskFailedError(id, state, 'one of its family did');
  }
  throw new RangeError('expected to be told until the family has ended');
}
