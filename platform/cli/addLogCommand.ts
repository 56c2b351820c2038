import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type LogArgs, showLog } from './commands/showLog.ts';
import type { CliDeps } from './deps.ts';

const ID = 'thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';

/** `taskfleet log …`: what a task's handler has said. */
export function addLogCommand(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('log')
    .description('print the last lines that a task has said, also while it runs')
    .argument('<id>', 'id of the task')
    .option(...JSON_OPTION)
    .addHelpText('after', examples(`log ${ID}`, `log ${ID} --json`))
    .action(async (id: string, options: Omit<LogArgs, 'id'>) =>
      finish(await showLog(deps, { ...options, id })),
    );
}
