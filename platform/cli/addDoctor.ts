import type { Command } from 'commander';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { type DoctorArgs, runDoctor } from './commands/runDoctor.ts';
import type { CliDeps } from './deps.ts';

export function addDoctor(program: Command, deps: CliDeps, finish: Finish): void {
  program
    .command('doctor')
    .description('compare the stage with its contracts, and send every worker a ping')
    .option('--worker <name>', 'of the workers only this one')
    .option('--no-ping', 'look only: schedule nothing')
    .option('--timeout <duration>', 'how long to wait for answers', '30s')
    .option(...JSON_OPTION)
    .addHelpText('after', `${MEANING}${examples('doctor', 'doctor --worker thumbnails --json')}`)
    .action(async (options: DoctorArgs) => finish(await runDoctor(deps, options)));
}

const MEANING = `
Every finding has its cause, and what mends it. Warnings, and what these credentials may not look at or an emulator does not have,
leave the exit code at 0; an error makes it 1. With --json it prints {"stage", "ok", "checks"}.
`;
