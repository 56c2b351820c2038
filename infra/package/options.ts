import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';

export interface PackCommand {
  /** The folder for the tarball, which is made when it is missing. */
  readonly out: string;
  readonly help: boolean;
}

export const HELP = `Packs shared-toolbox into a tarball for projects outside this repository: JavaScript, declarations and source maps.

Usage: npm run pack:toolbox [-- options]

  --out <folder>   where the tarball goes (default: .build)
  --help           print this

Prints the tarball's path. docs/outside.md says what to do with it.

Examples:
  npm run pack:toolbox
  npm run pack:toolbox -- --out ../reports
`;

/** The options on the command line. Throws UsageError with one line for anything else. */
export function parseOptions(args: readonly string[]): PackCommand {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        out: { type: 'string', default: '.build' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.out !== '') return values;
  } catch {
    // One line for all of them.
  }
  throw new UsageError(
    `expected --out <folder> or --help, got "${args.join(' ')}"; see npm run pack:toolbox -- --help`,
  );
}
