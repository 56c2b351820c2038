import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type OpenArgs, openPage } from './commands/openPage.ts';
import { topFleet, type TopArgs } from './commands/topFleet.ts';
import { type TailArgs, tailTask } from './commands/tailTask.ts';
import type { CliDeps } from './deps.ts';

/** Commands by which one looks on: in the terminal, or in a browser. */
export function addFollowCommands(program: Command, deps: CliDeps, finish: Finish): void {
  addTail(program, deps, finish);
  addTop(program, deps, finish);
  addOpen(program, deps, finish);
}

const TAIL_ID = 'thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';

function addTail(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('tail')
    .description('follow a task until it ends: its states, attempts and progress')
    .argument('<id>', 'id of the task')
    .option('--family', 'follow the whole family of the task or flow, until all of it has ended')
    .option('--json', "print the task's record whenever something has become of it, one a line")
    .addHelpText(
      'after',
      `\nCtrl-C ends the following only: the task goes on.\n${examples(
        `tail ${TAIL_ID}`,
        `tail ${TAIL_ID} --family`,
        `tail ${TAIL_ID} --json --url https://taskfleet.example.com`,
      )}`,
    )
    .action(async (id: string, options: Omit<TailArgs, 'id'>) =>
      finish(await tailTask(deps, { ...options, id })),
    );
}

function addTop(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('top')
    .description('watch the fleet: how much it does, its processes, queues and last failures')
    .option('--every <duration>', 'how often to look again, from 1s to 1h', '2s')
    .option('--once', 'print one picture; what is no terminal gets no more anyway')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      `\nq quits, p pauses and goes on. Counts of tasks are some ten seconds behind.\n${examples(
        'top',
        'top --every 10s --url https://taskfleet.example.com',
        'top --once',
      )}`,
    )
    .action(async (options: TopArgs) => finish(await topFleet(deps, options)));
}

function addOpen(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('open')
    .description(
      "open the dashboard, or a task's page there, in the browser, and print its address",
    )
    .argument('[id]', 'id of the task')
    .option('--print', 'print the address only')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples('open', `open ${TAIL_ID}`, 'open --print --url https://taskfleet.example.com'),
    )
    .action(async (id: string | undefined, options: Omit<OpenArgs, 'id'>) =>
      finish(await openPage(deps, { ...options, ...(id !== undefined && { id }) })),
    );
}
