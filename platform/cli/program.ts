import type { SettingReader } from '@taskfleet/toolbox/config';
import { Command, CommanderError } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addCommands } from './addCommands.ts';
import { addRemoteOptions } from './addRemoteOptions.ts';
import type { CliDeps } from './deps.ts';
import { EXIT, EXIT_CODES_HELP, type ExitCode, exitCodeOf } from './exitCode.ts';
import { writeError } from './render/write.ts';

/** Runs a command; `args` are the words after the program's name. Rejects only for what nobody expected. */
export async function runCli(deps: CliDeps, args: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.ok;
  const program = buildProgram(deps, args, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has said by itself what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.refused;
    const code = exitCodeOf(error);
    if (code === undefined || !(error instanceof Error)) throw error;
    writeError(deps.stderr, error.message);
    return code;
  }
}

const EXAMPLES = `
Every command takes --json for programs, and --help for its own examples.

With --url a stage is asked over HTTP, as whoever the token says: instead of --by, and of AWS credentials.
The token is in TASKFLEET_TOKEN, or in the file of --token-file.

Examples:
  $ taskfleet tasks
  $ taskfleet schedule thumbnails.create '{"gallery":"summer","photo":"artifact:uploads/…"}' --wait
  $ taskfleet list --state failed --json
  $ taskfleet top --url https://taskfleet.example.com --token-file ~/.taskfleet-token
`;

export function buildProgram(
  deps: CliDeps,
  args: readonly string[],
  finish: (code: ExitCode) => void,
): Command {
  const program: Command = new Command('taskfleet')
    .description('Schedule background tasks and see what becomes of them.')
    .version(manifest.version)
    .exitOverride()
    .configureOutput(outputOf(deps, () => helpFor(program, args)))
    .addHelpText('after', `${EXAMPLES}${EXIT_CODES_HELP}`);
  const where = addRemoteOptions(program);
  const meant = {
    openFleet: async () => deps.openFleet(where()),
    findAddress: async () => deps.findAddress(where()),
    readSettings: async (reader?: SettingReader) => deps.readSettings(reader, where()),
  };
  addCommands(program, { ...deps, ...meant }, finish);
  return program;
}

/** What shows the help of the command that was meant, as far as it is known. */
function helpFor(program: Command, args: readonly string[]): string {
  let command = program;
  let name = program.name();
  for (const arg of args) {
    const next = command.commands.find((known) => known.name() === arg);
    if (!next) continue;
    command = next;
    name = `${name} ${arg}`;
  }
  return `${name} --help`;
}

/** Commander's errors on one line, its suggestion of a near miss included, and where the help is. */
function outputOf({ stdout, stderr }: CliDeps, help: () => string) {
  return {
    writeOut: (text: string) => stdout.write(text),
    writeErr: (text: string) => stderr.write(text),
    outputError: (text: string) =>
      writeError(stderr, `${text.replace(/^error: /, '').replace(/\.?\s*$/, '')}; see ${help()}`),
  };
}
