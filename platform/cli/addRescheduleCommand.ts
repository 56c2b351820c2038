import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type RescheduleArgs, rescheduleTask } from './commands/rescheduleTask.ts';
import type { CliDeps } from './deps.ts';

const ID = 'thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';

/** `taskfleet reschedule …`: another time for what waits for one. */
export function addRescheduleCommand(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('reschedule')
    .description('give a task that waits for its time another one')
    .argument('<id>', 'id of the task')
    .option('--delay <duration>', 'not before this has passed from now, such as 10m or 0s')
    .option('--eta <moment>', 'not before this moment, such as 2027-01-31T06:00:00Z')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples(`reschedule ${ID} --delay 2h`, `reschedule ${ID} --eta 2027-01-31T06:00:00Z`),
    )
    .action(async (id: string, options: Omit<RescheduleArgs, 'id'>) =>
      finish(await rescheduleTask(deps, { ...options, id })),
    );
}
