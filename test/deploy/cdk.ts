import { appendFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DeployError } from './errors.ts';
import { type CommandResult, lastLine, runCommand } from './programs/runCommand.ts';

export const root = join(import.meta.dirname, '..', '..');

const bin = join(root, 'node_modules', '.bin');
const program = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** Seconds, on a machine that is busy; a deployment that waits for nothing takes five. */
const WITHIN_MS = 120_000;

export interface CdkOptions {
  /** For its cache, which would else remember the emulator's account beside a real one, and what it prints. */
  readonly folder: string;
  /** Endpoint and credentials, or none: see emulatorEnvironment. */
  readonly aws: Readonly<Record<string, string>>;
  readonly inherited: Readonly<Record<string, string>>;
}

/** Runs the CDK's command line in the repository, as `npx cdk` does. */
export type Cdk = (args: readonly string[]) => Promise<CommandResult>;

/** The pinned command line. A person's own configuration and credentials stay out. */
export function cdkWith({ folder, aws, inherited }: CdkOptions): Cdk {
  if (aws['AWS_ENDPOINT_URL'] === undefined) {
    throw new DeployError('refused to run the CDK without AWS_ENDPOINT_URL: it would go to AWS');
  }
  const environment = {
    ...inherited,
    ...aws,
    // As npx has it, so that the app runs on the same Node.
    PATH: [bin, inherited['PATH']].join(delimiter),
    HOME: folder,
    CDK_HOME: join(folder, 'cdk-home'),
    CI: 'true',
    NO_COLOR: '1',
  };
  return async (args) => {
    const command = { program: process.execPath, arguments: [program, ...args] };
    const result = await runCommand({ ...command, environment, cwd: root, withinMs: WITHIN_MS });
    const log = `$ cdk ${args.join(' ')}\n${result.stdout}${result.stderr}\n`;
    appendFileSync(join(folder, 'cdk.log'), log);
    return result;
  };
}

/** What it printed. Throws DeployError when it failed. */
export async function succeed(cdk: Cdk, args: readonly string[]): Promise<string> {
  const result = await cdk(args);
  if (result.exitCode === 0) return result.stdout + result.stderr;
  throw new DeployError(`cdk ${args[0]} failed: ${lastLine(result)}`);
}
