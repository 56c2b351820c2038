import { type Command, Option } from 'commander';
import { REGIONS } from '../cost/index.ts';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type CostArgs, showCost } from './commands/showCost.ts';
import type { CliDeps } from './deps.ts';

/** `taskfleet cost`: what a month of the fleet costs. */
export function addCostCommand(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('cost')
    .description(
      "estimate a month's bill at AWS's list prices, from measured requests for each task",
    )
    .requiredOption('--rate <tasks>', 'tasks on average, such as 50/s, 600/m, 1000/h or 20000/d')
    .option('--duration <duration>', 'how long a handler takes on average', '200ms')
    .option('--payload <size>', "size of a task's input, such as 500B, 2KB or 1MB", '2KB')
    .option('--worker <name>', 'the worker that carries them; default: all, each the same share')
    .addOption(new Option('--region <region>', 'whose prices').choices(REGIONS).default(REGIONS[0]))
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      examples(
        'cost --rate 50/s',
        'cost --rate 2000/d --duration 30s --payload 100KB --region eu-central-1',
        'cost --rate 0/s --json',
      ),
    )
    .action(async (options: CostArgs) => finish(showCost(deps, options)));
}
