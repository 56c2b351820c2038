import { type Command, Option } from 'commander';
import { SETTING_READERS } from '@taskfleet/toolbox/config';
import { examples, type Finish, JSON_OPTION } from './commandHelp.ts';
import { printConfig, type PrintConfigArgs } from './commands/printConfig.ts';
import type { CliDeps } from './deps.ts';

/** `taskfleet config print`: what programs started here are told. */
export function addConfigCommand(program: Command, deps: CliDeps, finish: Finish): void {
  const config = program
    .command('config')
    .description('show every setting, its value here, and where it comes from')
    .addHelpText('after', examples('config print', 'config print --explain'));
  config
    .command('print')
    .description('print the settings in effect here; secrets are not shown')
    .addOption(
      new Option(
        '--for <reader>',
        'only what this reads, as it would find it started here',
      ).choices(SETTING_READERS),
    )
    .option('--explain', 'with what each is, its unit, its bounds, its default and who reads it')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      `${MEANING}${examples('config print', 'config print --explain --for worker', 'config print --json')}`,
    )
    .action(async (options: PrintConfigArgs) => finish(await printConfig(deps, options)));
}

const MEANING = `
An argument goes before the environment, that before the fleet that runs on this machine (which only the command line asks), and all
before the default. What is missing, wrong or misspelled is told in one line, and makes the exit code 2.
With --json it prints {"settings", "problems"}.
`;
