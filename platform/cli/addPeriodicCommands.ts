import { type Command, Option } from 'commander';
import { MISSED_POLICIES } from '@taskfleet/toolbox/contract';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { addPeriodic, type AddPeriodicArgs } from './commands/addPeriodic.ts';
import {
  changePeriodic,
  type ChangePeriodicArgs,
  removePeriodic,
} from './commands/changePeriodic.ts';
import { listPeriodic, type ListPeriodicArgs } from './commands/listPeriodic.ts';
import { runPeriodic, type RunPeriodicArgs } from './commands/runPeriodic.ts';
import { showPeriodic, type ShowPeriodicArgs } from './commands/showPeriodic.ts';
import type { CliDeps } from './deps.ts';

const NAME = ['<name>', 'name of the periodic task'] as const;

/** `taskfleet periodic …`: tasks that are scheduled again and again. */
export function addPeriodicCommands(program: Command, deps: CliDeps, finish: Finish): void {
  const periodic = program
    .command('periodic')
    .description('list, show, add, remove, pause, resume and run periodic tasks')
    .addHelpText('after', examples('periodic list', 'periodic pause nightly-index --by alice'));
  addList(periodic, deps, finish);
  addShow(periodic, deps, finish);
  addAdd(periodic, deps, finish);
  addRemove(periodic, deps, finish);
  addPause(periodic, deps, finish);
  addResume(periodic, deps, finish);
  addRun(periodic, deps, finish);
}

function addList(periodic: Command, deps: CliDeps, finish: Finish): void {
  periodic
    .command('list')
    .description('list periodic tasks, with when they fire next and what became of the last time')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('periodic list', 'periodic list --json'))
    .action(async (options: ListPeriodicArgs) => finish(await listPeriodic(deps, options)));
}

function addShow(periodic: Command, deps: CliDeps, finish: Finish): void {
  periodic
    .command('show')
    .description('show all that is known of a periodic task, its next five times among it')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .addHelpText('after', examples('periodic show nightly-index'))
    .action(async (name: string, options: Omit<ShowPeriodicArgs, 'name'>) =>
      finish(await showPeriodic(deps, { ...options, name })),
    );
}

function addAdd(periodic: Command, deps: CliDeps, finish: Finish): void {
  periodic
    .command('add')
    .description('add a periodic task that the code does not declare')
    .argument(...NAME)
    .argument('<task>', 'name of the task (taskfleet tasks lists them)')
    .argument('[input]', 'JSON, @file for a file with it, - for standard input', '{}')
    .option(
      '--cron <fields>',
      'minute, hour, day of month, month, day of week; or @daily and the like',
    )
    .option(
      '--time-zone <name>',
      'whose clock --cron speaks of, such as Europe/Berlin (default: UTC)',
    )
    .option('--every <duration>', 'instead of --cron, such as 5m')
    .addOption(
      new Option('--missed <policy>', 'what becomes of firings that nothing ran for')
        .choices(MISSED_POLICIES)
        .default('once'),
    )
    .option('--expires <duration>', 'not begun any more so long after its firing')
    .option('--creator <name>', 'who asks')
    .option('--subject <text>', 'what the tasks are about, such as project/42')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples(
        `periodic add summer thumbnails.create @input.json --cron '0 3 * * *' --time-zone Europe/Berlin`,
        'periodic add often thumbnails.create @input.json --every 5m --missed skip',
      ),
    )
    .action(
      async (
        name: string,
        task: string,
        input: string,
        options: Omit<AddPeriodicArgs, 'name' | 'task' | 'input'>,
      ) => finish(await addPeriodic(deps, { ...options, name, task, input })),
    );
}

function addRemove(periodic: Command, deps: CliDeps, finish: Finish): void {
  periodic
    .command('remove')
    .description(
      'remove a periodic task that was added; one that the code declares is removed there',
    )
    .argument(...NAME)
    .option(...JSON_OPTION)
    .addHelpText('after', examples('periodic remove often'))
    .action(async (name: string, options: Omit<ChangePeriodicArgs, 'name'>) =>
      finish(await removePeriodic(deps, { ...options, name })),
    );
}

function addPause(periodic: Command, deps: CliDeps, finish: Finish): void {
  periodic
    .command('pause')
    .description('let a periodic task fire no more until it is resumed, also after a deployment')
    .argument(...NAME)
    .option('--by <name>', 'who asks; shown while it is paused', 'an operator')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('periodic pause nightly-index --by alice'))
    .action(async (name: string, { by, ...options }: { by: string; json?: boolean }) =>
      finish(
        await changePeriodic(deps, { ...options, name }, async (tasks) => tasks.pause(name, by)),
      ),
    );
}

function addResume(periodic: Command, deps: CliDeps, finish: Finish): void {
  periodic
    .command('resume')
    .description('let a paused periodic task fire again, from its next time on')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .addHelpText('after', examples('periodic resume nightly-index'))
    .action(async (name: string, options: Omit<ChangePeriodicArgs, 'name'>) =>
      finish(await changePeriodic(deps, { ...options, name }, async (tasks) => tasks.resume(name))),
    );
}

function addRun(periodic: Command, deps: CliDeps, finish: Finish): void {
  periodic
    .command('run')
    .description('schedule the task of a periodic task now, beside its times, and print its id')
    .argument(...NAME)
    .option(...JSON_OPTION)
    .addHelpText('after', examples('periodic run nightly-index'))
    .action(async (name: string, options: Omit<RunPeriodicArgs, 'name'>) =>
      finish(await runPeriodic(deps, { ...options, name })),
    );
}
