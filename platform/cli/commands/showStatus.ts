import { isFlowId, TaskfleetError, type TaskRecord } from '@taskfleet/toolbox/contract';
import type { SeenTask } from '../../signals/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import type { FleetAccess } from '../../access/index.ts';
import { publicRecord } from '../render/publicRecord.ts';
import { renderMembers } from '../render/renderMembers.ts';
import { renderRecord } from '../render/renderRecord.ts';
import { writeError, writeJson, writeLine } from '../render/write.ts';
import { failureOf } from '../taskFailure.ts';

export interface StatusArgs {
  readonly id: string;
  readonly json?: boolean;
}

/**
 * Says all that is known of a task; of a large input its size, and with `json`, which asks the table only, of a large output too. A task
 * that failed is no error of this command, but it is told by the exit code.
 */
export async function showStatus(deps: CliDeps, { id, json }: StatusArgs): Promise<ExitCode> {
  const access = await deps.openFleet();
  const record = await access.reader.get(id);
  if (json) {
    writeJson(deps.stdout, publicRecord(record));
  } else {
    const whole = await withOutput(deps, access, record);
    writeLine(deps.stdout, renderRecord(deps.stdout, whole, deps.clock.now()));
    if (isFlowId(record.id)) await writeMembers(deps, access, record);
  }
  return failureOf(record) ? EXIT.taskFailed : EXIT.ok;
}

/** What a flow has published so far, by its place. */
async function writeMembers(
  { stdout }: CliDeps,
  { reader }: FleetAccess,
  { id }: TaskRecord,
): Promise<void> {
  const { tasks, cursor } = await reader.list({ family: id, limit: MOST_MEMBERS });
  writeLine(stdout, renderMembers(stdout, id, tasks));
  if (cursor !== undefined) writeLine(stdout, `more: taskfleet list --family ${id}`);
}

/** Of a flow that are shown with it. */
const MOST_MEMBERS = 100;

/** An output that cannot be had is told in a line of its own: the rest of the status is known all the same. */
async function withOutput(
  { stderr }: CliDeps,
  { outputOf }: FleetAccess,
  record: SeenTask,
): Promise<SeenTask> {
  if (record.outputBytes === undefined) return record;
  try {
    return { ...record, output: await outputOf(record) };
  } catch (error) {
    if (!(error instanceof TaskfleetError)) throw error;
    writeError(stderr, error.message);
    return record;
  }
}
