import type { Cdk } from './cdk.ts';
import { DeployError } from './errors.ts';

/** What the command line says by itself when the app has refused. */
const EPILOGUE = /^node infra\/app\.ts: Subprocess exited with error 1$/;

/** A line of a stack trace: for the author of a program, not for who types a stage's name. */
const TRACE = /^at .+:\d+/;

interface BadInput {
  readonly what: string;
  readonly arguments: readonly string[];
  readonly loggedIn: boolean;
  /** The line that a person gets. */
  readonly says: RegExp;
}

const BAD_INPUTS: readonly BadInput[] = [
  {
    what: 'a bad stage name',
    arguments: ['deploy', '-c', 'stage=Prod!'],
    loggedIn: true,
    says: /^context: stage: expected a letter .* got "Prod!"$/,
  },
  {
    what: 'an unknown context',
    arguments: ['deploy', '-c', 'stge=prod'],
    loggedIn: true,
    says: /^context: expected -c stage, .*got "stge"; the nearest is "stage"$/,
  },
  {
    what: 'a stage without a name',
    arguments: ['deploy', '-c', 'stage='],
    loggedIn: true,
    says: /^context: stage: expected a text, got ""$/,
  },
  {
    what: 'a production without its context',
    arguments: ['deploy', '-c', 'stage=prod'],
    loggedIn: true,
    says: /^context: prod has no defaults: expected -c prefix=.*; prod has no defaults: expected -c alarmEmail=/,
  },
  {
    what: 'an image of an unknown service',
    arguments: [
      'deploy',
      '-c',
      'image.thumbnail=000000000000.dkr.ecr.us-east-1.amazonaws.com/thumbs:1',
    ],
    loggedIn: true,
    says: /^context: image\.thumbnail: there is no service "thumbnail"; did you mean "thumbnails"\?$/,
  },
  {
    what: 'no credentials',
    arguments: ['deploy', '-c', 'stage=dev', '--require-approval', 'never'],
    loggedIn: false,
    says: /^Unable to resolve AWS account to use\..*$/,
  },
];

/** Sees that each is refused in one clear line at the end, without a stack trace. Resolves to what was refused. Throws DeployError. */
export async function refuseBadInput(
  cdks: Readonly<Record<'loggedIn' | 'loggedOut', Cdk>>,
  onRefused: (what: string, line: string) => void,
): Promise<string[]> {
  for (const { what, says, ...input } of BAD_INPUTS) {
    const cdk = input.loggedIn ? cdks.loggedIn : cdks.loggedOut;
    const { exitCode, stdout, stderr } = await cdk(input.arguments);
    const lines = (stdout + stderr)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !EPILOGUE.test(line));
    // What stands before it is the synthesis: its time, and warnings about the stack.
    const line = lines.at(-1) ?? '';
    if (exitCode !== 1 || !says.test(line) || lines.some((other) => TRACE.test(other))) {
      const got = `exit code ${exitCode} and "${lines.join(' | ')}"`;
      throw new DeployError(`${what}: expected exit code 1 and the line ${says}, got ${got}`);
    }
    onRefused(what, line);
  }
  return BAD_INPUTS.map(({ what }) => what);
}
