import { CommanderError } from 'commander';
import { parseOptions } from '../../../infra/local/options.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { inertCommandLine } from '../commandLine.ts';

/** What pages may call beside what is ours; nothing of it is checked. */
const OTHERS = new Set(['cd', 'curl', 'export', 'git', 'jq']);

const CDK = new Set(['bootstrap', 'deploy', 'destroy', 'diff', 'synth']);

/** What is wrong with a command as a page has it; undefined when nothing is. */
export function commandProblem(words: readonly string[]): string | undefined {
  const [program = '', ...args] = words;
  if (program === 'npx') return npxProblem(args);
  if (program === 'npm') return npmProblem(args);
  if (program === 'taskfleet') return taskfleetProblem(args);
  return OTHERS.has(program) ? undefined : `unknown program "${program}"`;
}

function npxProblem([tool = '', ...args]: readonly string[]): string | undefined {
  if (tool === 'taskfleet') return taskfleetProblem(args);
  if (tool === 'cdk')
    return CDK.has(args[0] ?? '') ? undefined : `unknown command of the CDK "${args[0]}"`;
  return tool === 'tsc' ? undefined : `unknown program "${tool}"`;
}

function npmProblem([verb = '', ...args]: readonly string[]): string | undefined {
  if (verb === 'install' || verb === 'ci') return undefined;
  const script = verb === 'run' ? (args[0] ?? '') : verb;
  if (!Object.hasOwn(manifest.scripts, script)) return `package.json has no script "${script}"`;
  if (script === 'start') return problemOf(() => parseOptions(args.filter((arg) => arg !== '--')));
  return undefined;
}

function taskfleetProblem(args: readonly string[]): string | undefined {
  return problemOf(() => inertCommandLine().parse(args, { from: 'user' }));
}

/** What commander says of words that are a mention and no call: `taskfleet cancel`. */
const INCOMPLETE = new Set([
  'commander.help',
  'commander.missingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.optionMissingArgument',
]);

/** The same for a command that is mentioned, whose arguments may be missing. */
export function mentionProblem(words: readonly string[]): string | undefined {
  const [program = '', ...args] = words;
  if (program === 'npx') return args[0] === 'taskfleet' ? mentionProblem(args) : npxProblem(args);
  if (program !== 'taskfleet') return commandProblem(words);
  return problemOf(() => inertCommandLine().parse(args, { from: 'user' }), INCOMPLETE);
}

function problemOf(parse: () => unknown, tolerated?: ReadonlySet<string>): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const isHarmless =
      error instanceof CommanderError && (error.exitCode === 0 || tolerated?.has(error.code));
    return isHarmless ? undefined : error.message;
  }
}
