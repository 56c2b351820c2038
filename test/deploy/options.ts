import { parseArgs } from 'node:util';

export const HELP = `Deploys three stages with the CDK's own command line, deploys each again, and destroys it: one that a task runs on, one with services and
roles that are compared with what was asked for, and one with a worker on Lambda, which runs. All against an AWS emulator with a
CloudFormation engine that is not ours (MiniStack), on this machine. No AWS account, no Docker.

Usage: npm run test:deploy [-- options]

  --json      one JSON document instead of lines
  --required  fail where it would be skipped, because Python or its package registry is missing
  --keep      keep what the programs printed and the synthesized templates, also of a run that went well
  --help

It needs Python 3.10 or newer with venv. The first run installs the emulator into .taskfleet/deploy/.

Exit codes: 0 all of it held, or it was skipped; 1 something did not hold; 2 the arguments are wrong.

Examples:
  npm run test:deploy
  npm run test:deploy -- --json --required
`;

export interface DeployOptions {
  readonly json: boolean;
  /** Whether a run that has to be skipped is a failure. */
  readonly required: boolean;
  readonly keep: boolean;
  readonly help: boolean;
}

/** The options, or what is wrong with the arguments. */
export function readOptions(args: readonly string[]): DeployOptions | { readonly problem: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        json: { type: 'boolean', default: false },
        required: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch {
    return { problem: `expected --json, --required, --keep or --help, got "${args.join(' ')}"` };
  }
}
