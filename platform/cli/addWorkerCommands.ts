import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { inspectWorker, type InspectArgs } from './commands/inspectWorker.ts';
import { listWorkers, type WorkersArgs } from './commands/listWorkers.ts';
import type { CliDeps } from './deps.ts';

/** `taskfleet workers` and `taskfleet inspect`: who runs the tasks. */
export function addWorkerCommands(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('workers')
    .description("list workers' processes, what they do and how they are")
    .option('--worker <name>', 'only of this worker')
    .option(...JSON_OPTION)
    .addHelpText('after', `${STATES}${examples('workers', 'workers --worker thumbnails --json')}`)
    .action(async (options: WorkersArgs) => finish(await listWorkers(deps, options)));
  program
    .command('inspect')
    .description('show a process, or all of a worker: what runs in it, and what it is told')
    .argument('<name>', 'id of a process (taskfleet workers lists them), or name of a worker')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('inspect thumbnails', 'inspect thumbnails_4f2a9c01b7d3 --json'))
    .action(async (name: string, options: Omit<InspectArgs, 'name'>) =>
      finish(await inspectWorker(deps, { ...options, name })),
    );
}

const STATES = `
States: running, paused (begins nothing new), stopping (ends with its last task), lost (not heard for three heartbeats: its
tasks come back after their lease). A process that has stopped in order is not listed, one that was lost for an hour. A worker
on Lambda has no processes. Lag is how late timers come (99th percentile).
`;
