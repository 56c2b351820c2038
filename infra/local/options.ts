import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';

export interface LocalOptions {
  /** Run the demonstration, stop, and tell by the exit code whether all its tasks succeeded. */
  readonly once: boolean;
  /** Restart workers when their files change. */
  readonly watch: boolean;
  readonly help: boolean;
}

export const HELP = `Runs the whole fleet on this machine: emulators of SNS, SQS, S3 and DynamoDB, the platform and every worker.

Usage: npm start [-- options]

  --once     run the demonstration and stop; exit code 0 when all its tasks succeeded, 1 otherwise
  --watch    restart workers when their files change
  --help     print this

Environment:
  PORT             of the HTTP API (default: 8484, or a free one when that is taken)
  HOST             address to listen on (default: 127.0.0.1, for this machine alone); others need one of the next two
  TASKFLEET_API_KEYS=on   ask for API keys; docs/identity.md has this and TASKFLEET_OIDC_ISSUER and the rest
  TASKFLEET_HOME   folder of the state (default: .taskfleet in the repository); delete it to begin anew

Examples:
  npm start
  npm start -- --watch
  TASKFLEET_HOME=/tmp/other npm start -- --once
`;

/** The options on the command line. Throws UsageError with one line for anything else. */
export function parseOptions(args: readonly string[]): LocalOptions {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        watch: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch {
    const got = args.join(' ');
    throw new UsageError(
      `expected --once, --watch or --help, got "${got}"; see npm start -- --help`,
    );
  }
}
