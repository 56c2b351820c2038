import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type DiffContractsArgs, diffContracts } from './commands/diffContracts.ts';
import type { CliDeps } from './deps.ts';

/** `taskfleet contracts`: what the contracts of the repository are about. */
export function addContractsCommands(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('contracts')
    .description('look at the contracts of this repository')
    .command('diff')
    .description('tell which changes of the contracts since a version break something')
    .argument('<git-ref>', 'branch, tag or commit to compare the files as they are with')
    .option('--strict', 'what cannot be judged counts as breaking')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      `${MEANING}${examples('contracts diff main', 'contracts diff v1.4.0 --strict', 'contracts diff HEAD --json')}`,
    )
    .action(async (ref: string, options: Omit<DiffContractsArgs, 'ref'>) =>
      finish(await diffContracts(deps, { ...options, ref })),
    );
}

const MEANING = `
Works without a running fleet: both versions of workers/fleet.ts are loaded, each by a process of its own, with the packages that are
installed now. Uncommitted changes count.

  breaking    something fails that waits, or reads: in queues, schedules and records, or while a deployment rolls
  unjudged    nothing tells, as of a refinement: compare by hand
  careful     nothing fails when it is rolled out as told
  compatible  nothing follows, or nothing bad

A breaking change makes the exit code 1. With --json it prints {"ref", "commit", "ok", "changes"}.
`;
