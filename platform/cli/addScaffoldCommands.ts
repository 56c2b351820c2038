import { type Command, Option } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { newTask, type NewTaskArgs } from './commands/newTask.ts';
import { newWorker, type NewWorkerArgs } from './commands/newWorker.ts';
import { removeWorker, type RemoveWorkerArgs } from './commands/removeWorker.ts';
import type { CliDeps } from './deps.ts';

const DRY_RUN = ['--dry-run', 'say what would be done, and change nothing'] as const;

/** `taskfleet new …` and `taskfleet remove …`: the files of a worker, made and taken away. */
export function addScaffoldCommands(program: Command, deps: CliDeps, finish: Finish): void {
  const made = program
    .command('new')
    .description('make a worker, or one more task of a worker, in this repository')
    .addHelpText('after', examples('new worker reports --task monthly', 'new task reports.yearly'));
  addNewWorker(made, deps, finish);
  addNewTask(made, deps, finish);
  const removed = program
    .command('remove')
    .description('take a worker out of this repository')
    .addHelpText('after', examples('remove worker reports'));
  addRemoveWorker(removed, deps, finish);
}

function addNewWorker(made: Command, deps: CliDeps, finish: Finish): void {
  made
    .command('worker')
    .description('make a package with contract, handler, main, conformance test and README')
    .argument('<name>', 'lower-case letters, digits and hyphens, at most 31')
    .option('--task <action>', 'its first task', 'run')
    .addOption(
      new Option('--compute <kind>', 'where it runs')
        .choices(['fargate', 'lambda'])
        .default('fargate'),
    )
    .addOption(
      new Option(
        '--pool <kind>',
        'what its handlers run in: inline for what waits, threads for what computes',
      )
        .choices(['inline', 'threads'])
        .default('inline'),
    )
    .option(...DRY_RUN)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples('new worker reports', 'new worker maps --task render --pool threads --dry-run'),
    )
    .action(async (name: string, options: Omit<NewWorkerArgs, 'name'>) =>
      finish(await newWorker(deps, { ...options, name })),
    );
}

function addNewTask(made: Command, deps: CliDeps, finish: Finish): void {
  made
    .command('task')
    .description("add a task to a worker's contract, with a handler")
    .argument('<worker.action>', 'name of the task, such as reports.yearly')
    .option(...DRY_RUN)
    .option(...JSON_OPTION)
    .addHelpText('after', examples('new task reports.yearly'))
    .action(async (name: string, options: Omit<NewTaskArgs, 'name'>) =>
      finish(await newTask(deps, { ...options, name })),
    );
}

function addRemoveWorker(removed: Command, deps: CliDeps, finish: Finish): void {
  removed
    .command('worker')
    .description('delete a worker and its place in the fleet; says what stays behind in AWS')
    .argument('<name>', 'name of the worker')
    .option('--force', 'also what git could not bring back')
    .option(...DRY_RUN)
    .option(...JSON_OPTION)
    .addHelpText('after', examples('remove worker reports --dry-run', 'remove worker reports'))
    .action(async (name: string, options: Omit<RemoveWorkerArgs, 'name'>) =>
      finish(await removeWorker(deps, { ...options, name })),
    );
}
