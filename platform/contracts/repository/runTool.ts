import { spawn } from 'node:child_process';
import type { Environment } from '@taskfleet/toolbox/config';

export interface ToolOptions {
  readonly cwd: string;
  readonly environment: Environment;
  /** Ends it. */
  readonly signal: AbortSignal;
}

export interface ToolEnd {
  /** Exit code; null when a signal has ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What it has sent over its channel, the last of it; undefined for nothing. */
  readonly sent: unknown;
}

/**
 * Runs a program to its end, whatever that is: when this resolves or rejects, nothing of it writes anything any more. Rejects when it
 * cannot be started, and when the signal has ended it.
 */
export async function runTool(
  program: string,
  args: readonly string[],
  { cwd, environment, signal }: ToolOptions,
): Promise<ToolEnd> {
  signal.throwIfAborted();
  const stdio = ['ignore', 'pipe', 'pipe', 'ipc'] as const;
  const child = spawn(program, args, { cwd, env: environment, stdio: [...stdio] });
  const texts = { stdout: '', stderr: '' };
  for (const from of ['stdout', 'stderr'] as const) {
    child[from]?.setEncoding('utf8').on('data', (text: string) => (texts[from] += text));
  }
  let sent: unknown;
  child.on('message', (message) => (sent = message));
  const stop = () => child.kill('SIGKILL');
  signal.addEventListener('abort', stop, { once: true });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<number | null>();
    child.once('error', reject);
    child.once('close', resolve);
    const code = await promise;
    signal.throwIfAborted();
    return { ...texts, code, sent };
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
