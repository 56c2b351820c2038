import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { describeSchema, inputSchema } from '../inputSchema.ts';
import { renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface TasksArgs {
  readonly json?: boolean;
}

/** The tasks that can be scheduled, by the contracts: works without a running fleet. */
export async function listTaskNames(deps: CliDeps, { json }: TasksArgs): Promise<ExitCode> {
  const tasks = [...deps.fleet.tasks.values()].map((task) => ({
    name: String(task.name),
    worker: task.worker,
    input: inputSchema(task),
  }));
  if (json) writeJson(deps.stdout, { tasks });
  else {
    const rows = tasks.map(({ name, input }) => [{ text: name }, { text: describeSchema(input) }]);
    writeLine(deps.stdout, renderTable(['TASK', 'INPUT'], rows));
  }
  return EXIT.ok;
}
