import { handledTasks } from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { describeSchema, inputSchema } from '../../contracts/index.ts';
import { renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface TasksArgs {
  /** Also what every worker handles without declaring it. */
  readonly all?: boolean;
  readonly json?: boolean;
}

/** The tasks that can be scheduled, by the contracts: works without a running fleet. */
export async function listTaskNames(
  { fleet, stdout }: CliDeps,
  { all, json }: TasksArgs,
): Promise<ExitCode> {
  const listed = fleet.workers.flatMap((worker) => (all ? handledTasks(worker) : worker.tasks));
  const tasks = listed.map((task) => ({
    name: String(task.name),
    worker: task.worker,
    input: inputSchema(task),
  }));
  if (json) writeJson(stdout, { tasks });
  else {
    const rows = tasks.map(({ name, input }) => [{ text: name }, { text: describeSchema(input) }]);
    writeLine(stdout, renderTable(['TASK', 'INPUT'], rows));
  }
  return EXIT.ok;
}
