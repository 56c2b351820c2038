import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { showStatistics, type StatsArgs } from './commands/showStatistics.ts';
import type { CliDeps } from './deps.ts';

/** `taskfleet stats`: what became of tasks lately. */
export function addStatsCommand(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('stats')
    .description(
      'show how many tasks ended, how many of them badly, and how long they ran and waited',
    )
    .option('--task <name>', 'only of this task')
    .option('--since <duration>', 'how far back, from 1m to 90d', '1h')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      `${MEANING}${examples('stats', 'stats --task thumbnails.create --since 7d', 'stats --since 1d --json')}`,
    )
    .action(async (options: StatsArgs) => finish(await showStatistics(deps, options)));
}

const MEANING = `
Percentiles are estimates: counted in steps of 1, 2 and 5. Run is the time of an attempt; wait the time from when a task was published to
its first attempt. The bars are what ended over time. Counts are some ten seconds behind, from a day on a minute. A task that was cancelled
before it began is counted only when a worker meets it.
`;
