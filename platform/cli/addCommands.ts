import { type Command, Option } from 'commander';
import { PRIORITIES, TASK_STATES } from '@taskfleet/toolbox/contract';
import { addConfigCommand } from './addConfigCommand.ts';
import { addContractsCommands } from './addContractsCommands.ts';
import { addCostCommand } from './addCostCommand.ts';
import { addDeadCommands } from './addDeadCommands.ts';
import { addFollowCommands } from './addFollowCommands.ts';
import { addKeyCommands } from './addKeyCommands.ts';
import { addLogCommand } from './addLogCommand.ts';
import { addPeriodicCommands } from './addPeriodicCommands.ts';
import { addRescheduleCommand } from './addRescheduleCommand.ts';
import { addScaffoldCommands } from './addScaffoldCommands.ts';
import { addStatsCommand } from './addStatsCommand.ts';
import { addDoctor } from './addDoctor.ts';
import { addControlCommands } from './addControlCommands.ts';
import { addWorkerCommands } from './addWorkerCommands.ts';
import { type CancelArgs, cancelTask } from './commands/cancelTask.ts';
import { purgeQueue, type PurgeQueueArgs } from './commands/purgeQueue.ts';
import { listTaskNames, type TasksArgs } from './commands/listTaskNames.ts';
import { type GetArgs, getFile } from './commands/getFile.ts';
import { type ListArgs, listTasks } from './commands/listTasks.ts';
import { type PutArgs, putFile } from './commands/putFile.ts';
import { type ScheduleArgs, scheduleTask } from './commands/scheduleTask.ts';
import { type ResultArgs, showResult } from './commands/showResult.ts';
import { showStatus, type StatusArgs } from './commands/showStatus.ts';
import type { CliDeps } from './deps.ts';
import { EXIT_CODES_HELP } from './exitCode.ts';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';

/** Adds every command with its options and help. A command that has run tells its exit code to `finish`. */
export function addCommands(program: Command, deps: CliDeps, finish: Finish): void {
  addSchedule(program, deps, finish);
  addStatus(program, deps, finish);
  addResult(program, deps, finish);
  addLogCommand(program, deps, finish);
  addCancel(program, deps, finish);
  addPurge(program, deps, finish);
  addRescheduleCommand(program, deps, finish);
  addFollowCommands(program, deps, finish);
  addList(program, deps, finish);
  addPut(program, deps, finish);
  addGet(program, deps, finish);
  addTasks(program, deps, finish);
  addDeadCommands(program, deps, finish);
  addConfigCommand(program, deps, finish);
  addContractsCommands(program, deps, finish);
  addCostCommand(program, deps, finish);
  addStatsCommand(program, deps, finish);
  addDoctor(program, deps, finish);
  addWorkerCommands(program, deps, finish);
  addControlCommands(program, deps, finish);
  addPeriodicCommands(program, deps, finish);
  addKeyCommands(program, deps, finish);
  addScaffoldCommands(program, deps, finish);
}

function addSchedule(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('schedule')
    .description('schedule a task and print its id')
    .argument('<task>', 'name of the task (taskfleet tasks lists them)')
    .argument('[input]', 'JSON, @file for a file with it, - for standard input', '{}')
    .option('--wait', 'wait until the task has ended, and print its output')
    .addOption(
      new Option('--timeout <duration>', 'how long to wait, such as 30s or 5m; implies --wait')
        .default('5m')
        .implies({ wait: true }),
    )
    .option(
      '--durable',
      'while the topic is away, keep the task in the table instead of refusing it',
    )
    .option('--delay <duration>', 'not before this has passed, such as 10m')
    .option('--eta <moment>', 'not before this moment, such as 2027-01-31T06:00:00Z')
    .option('--expires <when>', 'duration or moment after which it is not begun any more')
    .option('--key <text>', 'idempotency key: scheduled again with it, the task runs only once')
    .option('--group <text>', "instead of the contract's group")
    .addOption(new Option('--priority <level>', "instead of the contract's").choices(PRIORITIES))
    .option('--max-attempts <count>', "at most the contract's")
    .option('--time-limit <duration>', "of an attempt, at most the contract's")
    .option('--ignore-result', 'do not keep what the task returns')
    .option('--creator <name>', 'who asks')
    .option('--subject <text>', 'what the task is about, such as project/42')
    .option(...JSON_OPTION)
    .addHelpText('after', SCHEDULE_EXAMPLES)
    .action(async (task: string, input: string, options: Omit<ScheduleArgs, 'task' | 'input'>) =>
      finish(await scheduleTask(deps, { ...options, task, input })),
    );
}

const SCHEDULE_EXAMPLES = `
With --json it prints {"id", "task"}, and with --wait the task's record.

Examples:
  $ taskfleet schedule thumbnails.create '{"gallery":"summer","photo":"artifact:uploads/…"}' --wait
  $ taskfleet schedule thumbnails.create @input.json --creator alice --subject gallery/summer
  $ jq -n '{gallery: "summer", photo: $ref}' --arg ref "$ref" | taskfleet schedule thumbnails.create -
${EXIT_CODES_HELP}`;

function addStatus(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('status')
    .description('show all that is known of a task')
    .argument('<id>', 'id of the task')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('status thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b'))
    .action(async (id: string, options: Omit<StatusArgs, 'id'>) =>
      finish(await showStatus(deps, { ...options, id })),
    );
}

function addResult(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('result')
    .description('print what a task returned; does not wait')
    .argument('<id>', 'id of the task')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('result thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b --json'))
    .action(async (id: string, options: Omit<ResultArgs, 'id'>) =>
      finish(await showResult(deps, { ...options, id })),
    );
}

function addCancel(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('cancel')
    .description('end a task that has not begun, or a flow; ask what runs to stop')
    .argument('<id>', 'id of the task')
    .option('--by <name>', 'who asks; kept in the record', 'an operator')
    .option('--family', 'the whole family of the task or flow: all that its root led to')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('cancel thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b --by alice'))
    .action(async (id: string, options: Omit<CancelArgs, 'id'>) =>
      finish(await cancelTask(deps, { ...options, id })),
    );
}

function addPurge(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('purge')
    .description("cancel all that waits in a worker's queue and has not begun")
    .argument('<worker>', 'name of the worker')
    .option('--task <name>', 'only tasks of this name')
    .option('--by <name>', 'who asks; kept in the records', 'an operator')
    .option('--yes', 'needed: it cannot be undone')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('purge thumbnails --task thumbnails.create --yes'))
    .action(async (worker: string, options: Omit<PurgeQueueArgs, 'worker'>) =>
      finish(await purgeQueue(deps, { ...options, worker })),
    );
}

function addList(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('list')
    .description('list tasks, newest first')
    .addOption(new Option('--state <state>', 'only tasks in this state').choices(TASK_STATES))
    .option('--lost', 'only running tasks whose process is not heard any more')
    .option('--worker <name>', 'only tasks of this worker')
    .option('--task <name>', 'only tasks of this name')
    .option('--subject <text>', 'only tasks about this')
    .option('--family <id>', 'only the family of this task: its root and all that it led to')
    .option('--limit <count>', 'tasks of a page, from 1 to 500', '20')
    .option('--cursor <text>', 'go on where the page before ended')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('list --state failed', 'list --subject project/42 --limit 100'))
    .action(async (options: ListArgs) => finish(await listTasks(deps, options)));
}

function addPut(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('put')
    .description("store a file in the fleet's bucket and print its reference")
    .argument('<file>', 'path of the file')
    .option('--name <name>', 'store it under this name instead of its own')
    .addOption(
      new Option(
        '--at <path>',
        'store it as artifact:uploads/<path>, and replace what is there',
      ).conflicts('name'),
    )
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples(
        'put photo.jpg',
        'put IMG_0001.JPG --name beach.jpg --json',
        'put layers.json --at layers.json',
      ),
    )
    .action(async (file: string, options: Omit<PutArgs, 'file'>) =>
      finish(await putFile(deps, { ...options, file })),
    );
}

function addGet(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('get')
    .description('fetch a stored file by its reference')
    .argument('<ref>', 'reference, as put and task outputs have them')
    .argument('[file]', 'where to write it; default: its own name, here')
    .option('--force', 'replace a file that is there')
    .option('--task <id>', 'a task of yours that returned it, for who sees only own tasks (--url)')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('get artifact:thumbnails/summer/beach/square.webp beach.webp'))
    .action(async (ref: string, file: string | undefined, options: Omit<GetArgs, 'ref' | 'file'>) =>
      finish(await getFile(deps, { ...options, ref, ...(file !== undefined && { file }) })),
    );
}

function addTasks(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('tasks')
    .description('list the tasks that can be scheduled, and their input')
    .option('--all', 'also the ping that every worker has')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('tasks', 'tasks --all --json'))
    .action(async (options: TasksArgs) => finish(await listTaskNames(deps, options)));
}
