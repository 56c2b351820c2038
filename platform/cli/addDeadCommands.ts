import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { listDead, type ListDeadArgs } from './commands/listDead.ts';
import { purgeDead, type PurgeDeadArgs } from './commands/purgeDead.ts';
import { redriveDead, type RedriveDeadArgs } from './commands/redriveDead.ts';
import { showDead, type ShowDeadArgs } from './commands/showDead.ts';
import type { CliDeps } from './deps.ts';

const ID = 'thumbnails_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';

/** `taskfleet dead …`: what could not even be run. */
export function addDeadCommands(program: Command, deps: CliDeps, finish: Finish): void {
  const dead = program
    .command('dead')
    .description('list, show, redrive and purge dead letters: messages that could not be run')
    .addHelpText('after', examples('dead list', `dead redrive ${ID}`));
  addList(dead, deps, finish);
  addShow(dead, deps, finish);
  addRedrive(dead, deps, finish);
  addPurge(dead, deps, finish);
}

function addList(dead: Command, deps: CliDeps, finish: Finish): void {
  dead
    .command('list')
    .description('list dead letters, the last to die first')
    .option('--worker <name>', 'only of this worker, or platform')
    .option('--limit <count>', 'letters of a page, from 1 to 500', '20')
    .option('--cursor <text>', 'go on where the page before ended')
    .option(...JSON_OPTION)
    .addHelpText('after', examples('dead list', 'dead list --worker thumbnails --json'))
    .action(async (options: ListDeadArgs) => finish(await listDead(deps, options)));
}

function addShow(dead: Command, deps: CliDeps, finish: Finish): void {
  dead
    .command('show')
    .description('show all that is known of a dead letter')
    .argument('<id>', 'id of the letter; where it is known, that of its task')
    .option('--raw', 'print also a message that cannot be read: it may hold secrets')
    .option(...JSON_OPTION)
    .addHelpText('after', examples(`dead show ${ID}`, `dead show ${ID} --raw`))
    .action(async (id: string, options: Omit<ShowDeadArgs, 'id'>) =>
      finish(await showDead(deps, { ...options, id })),
    );
}

function addRedrive(dead: Command, deps: CliDeps, finish: Finish): void {
  dead
    .command('redrive')
    .description('put dead letters back in their queue, with all attempts before them again')
    .argument('[id]', 'id of the letter')
    .option('--worker <name>', 'with --all: of this worker, or platform')
    .option('--all', 'all of the worker, each group in its order')
    .option('--timeout <duration>', 'how long to wait for the platform, with each letter', '20s')
    .option(...JSON_OPTION)
    .addHelpText('after', examples(`dead redrive ${ID}`, 'dead redrive --worker thumbnails --all'))
    .action(async (id: string | undefined, options: Omit<RedriveDeadArgs, 'id'>) =>
      finish(await redriveDead(deps, { ...options, id })),
    );
}

function addPurge(dead: Command, deps: CliDeps, finish: Finish): void {
  dead
    .command('purge')
    .description('delete dead letters for good; their tasks stay dead')
    .argument('[id]', 'id of the letter')
    .option('--worker <name>', 'with --all: of this worker, or platform')
    .option('--all', 'all of the worker')
    .option('--yes', 'needed with --all: it cannot be undone')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples(`dead purge ${ID}`, 'dead purge --worker thumbnails --all --yes'),
    )
    .action(async (id: string | undefined, options: Omit<PurgeDeadArgs, 'id'>) =>
      finish(await purgeDead(deps, { ...options, id })),
    );
}
