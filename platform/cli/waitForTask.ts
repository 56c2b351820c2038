import {
  combineRecord,
  type Json,
  type Parsed,
  ResultTimeoutError,
  TaskfleetError,
  type TaskId,
  type TaskRecord,
} from '@taskfleet/toolbox/contract';
import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode } from './exitCode.ts';
import type { FleetAccess } from '../access/index.ts';
import { ProgressBar } from './render/progressBar.ts';
import { publicRecord } from './render/publicRecord.ts';
import { writeJson, writeValue } from './render/write.ts';
import { failureOf } from './taskFailure.ts';
import { tellGoesOn } from './tellGoesOn.ts';
import { untilInterrupted } from './untilInterrupted.ts';

export interface Waiting {
  readonly access: FleetAccess;
  readonly id: TaskId;
  readonly timeoutMs: number;
  readonly json: boolean;
}

/** Why the waiting was given up while the task goes on. */
type GivenUp = 'interrupted' | ResultTimeoutError;

/** Waits for a task's end with a progress bar, and prints its output; with `json` its record, whatever became of it. */
export async function waitForTask(deps: CliDeps, waiting: Waiting): Promise<ExitCode> {
  const { record, givenUp } = await watch(deps, waiting);
  if (givenUp === 'interrupted') return tellGoesOn(deps, waiting.id);
  const output = await outputOrFailure(waiting.access, record);
  if (waiting.json) {
    writeJson(deps.stdout, { ...publicRecord(record), ...(output.ok && { output: output.value }) });
  }
  if (givenUp) throw givenUp;
  const failure = failureOf(record);
  if (failure) throw failure;
  if (!output.ok) throw output.error;
  if (!waiting.json) writeValue(deps.stdout, output.value);
  return EXIT.ok;
}

/** A large output that cannot be had is an error of the waiting, but only once the record has been told. */
async function outputOrFailure(
  { outputOf }: FleetAccess,
  record: TaskRecord,
): Promise<Parsed<Json | undefined, TaskfleetError>> {
  try {
    return { ok: true, value: await outputOf(record) };
  } catch (error) {
    if (!(error instanceof TaskfleetError)) throw error;
    return { ok: false, error };
  }
}

interface Watched {
  /** As last seen. */
  readonly record: TaskRecord;
  readonly givenUp?: GivenUp;
}

async function watch(deps: CliDeps, { access, id, timeoutMs }: Waiting): Promise<Watched> {
  const bar = new ProgressBar(deps.stderr);
  let record = combineRecord(id, {});
  const onRecord = (read: TaskRecord | undefined) => {
    record = read ?? record;
    bar.draw(record);
  };
  try {
    const ended = await untilInterrupted(deps.signals, async (signal) =>
      access.awaitEnd({ id, timeoutMs, onRecord, signal }),
    );
    return ended === 'interrupted' ? { record, givenUp: ended } : { record: ended };
  } catch (error) {
    if (error instanceof ResultTimeoutError) return { record, givenUp: error };
    throw error;
  } finally {
    bar.erase();
  }
}
