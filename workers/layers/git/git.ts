import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { GitError } from './errors.ts';

export interface GitOptions {
  /** The bare repository in which it runs. */
  readonly folder: string;
  /** Variables of the process: git is given those that say how the network is reached, and no others. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted, git and all that it has started are killed. */
  readonly signal: AbortSignal;
}

export type GitProcess = ChildProcessByStdio<Writable, Readable, Readable>;

/** What a repository or a person's own settings could change of git, set for every call. */
const SETTINGS = [
  'core.hooksPath=/dev/null',
  'credential.helper=',
  'fetch.recurseSubmodules=false',
  // One pack for each fetch instead of thousands of files, and nobody tidies up while a task reads.
  'fetch.unpackLimit=1',
  'gc.auto=0',
  'maintenance.auto=false',
  // Half a minute without a kilobyte a second: the other side is gone.
  'http.lowSpeedLimit=1000',
  'http.lowSpeedTime=30',
  'protocol.allow=never',
  'protocol.https.allow=always',
  'protocol.ssh.allow=always',
  // Which folders may be read is decided before git is asked.
  'protocol.file.allow=always',
].flatMap((setting) => ['-c', setting]);

/** Nobody is asked for a password, and no file of a person or of the machine changes what git does. */
const SURROUNDINGS = {
  GIT_ASKPASS: '/bin/false',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_DIR: '.',
  GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oConnectTimeout=30 -oServerAliveInterval=15',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  SSH_ASKPASS: '/bin/false',
};

const PASSED_ON =
  /^(?:PATH|SSH_AUTH_SOCK|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_CAINFO|(?:https?|no|all)_proxy)$/i;

/** Starts git without a shell, as the head of a process group of its own. */
export function startGit(
  { folder, environment, signal }: GitOptions,
  args: readonly string[],
): GitProcess {
  signal.throwIfAborted();
  const passedOn = Object.entries(environment).filter(([name]) => PASSED_ON.test(name));
  const git = spawn('git', [...SETTINGS, ...args], {
    cwd: folder,
    env: { ...Object.fromEntries(passedOn), ...SURROUNDINGS, HOME: folder },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const kill = () => endGroup(git);
  signal.addEventListener('abort', kill, { once: true });
  git.once('close', () => signal.removeEventListener('abort', kill));
  // What it did not read because it ended first is told by its exit code.
  git.stdin.on('error', () => undefined);
  return git;
}

/** Ends git and what it has started, such as ssh. */
export function endGroup({ pid }: Pick<GitProcess, 'pid'>): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** What git prints at most: the list of the largest tree that is indexed. */
const LONGEST_OUTPUT_BYTES = 32_000_000;

/** What git wrote to its standard output. Throws GitError with what it complained about, NonRetryableError where there is no git. */
export async function runGit(options: GitOptions, args: readonly string[]): Promise<Buffer> {
  const git = startGit(options, args);
  git.stdin.end();
  const [output, complaint] = await Promise.all([
    firstBytes(git.stdout, LONGEST_OUTPUT_BYTES),
    firstBytes(git.stderr, 20_000),
    ended(git),
  ]);
  options.signal.throwIfAborted();
  if (git.exitCode !== 0) throw new GitError(complaint.toString(), git.exitCode);
  if (output.length < LONGEST_OUTPUT_BYTES) return output;
  throw new NonRetryableError(
    `expected a repository with fewer files, got more than 32 MB of names`,
  );
}

/** Resolves when it has ended in whatever way. */
async function ended(git: GitProcess): Promise<void> {
  try {
    await once(git, 'close');
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (!isMissing) throw cause;
    const hint = 'install it (on Debian: apt-get install git openssh-client)';
    throw new NonRetryableError(`layers are read with git, which is not on this machine; ${hint}`);
  }
}

/** Reads to the end, and keeps no more than that. */
async function firstBytes(stream: Readable, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let left = most;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (left > 0) chunks.push(chunk.subarray(0, left));
    left -= chunk.length;
  }
  return Buffer.concat(chunks);
}
