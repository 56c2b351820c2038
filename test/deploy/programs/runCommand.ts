import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { endAtExit, endFamily } from './endAtExit.ts';

export interface Command {
  readonly program: string;
  readonly arguments: readonly string[];
  /** The whole environment. */
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Given on standard input. Default: nothing. */
  readonly input?: string;
  /** After which it is killed, with all that it has started. */
  readonly withinMs: number;
}

export interface CommandResult {
  /** Undefined for a program that could not be started, or was killed for taking too long. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  /** For one that did not end by itself, the last line says why. */
  readonly stderr: string;
}

/** Runs a program to its end. Does not reject: a failure is in the result. */
export async function runCommand(command: Command): Promise<CommandResult> {
  const { program, environment, cwd, withinMs } = command;
  const child = spawn(program, command.arguments, {
    cwd,
    env: { ...environment },
    detached: true,
    stdio: 'pipe',
  });
  endAtExit(child);
  let trouble = '';
  const timer = setTimeout(() => {
    trouble = `${program} did not end within ${withinMs / 1_000} s`;
    endFamily(child);
  }, withinMs);
  // A program that ends without reading says so with its exit code.
  child.stdin.on('error', () => undefined);
  child.stdin.end(command.input ?? '');
  const ended = new Promise<number | undefined>((resolve) => {
    child.once('error', (error) => {
      trouble = error.message;
      resolve(undefined);
    });
    child.once('close', (code) => resolve(code ?? undefined));
  });
  const [stdout, stderr, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  clearTimeout(timer);
  return { exitCode, stdout, stderr: stderr + trouble };
}

/** The last line that says anything: what a failed program had to say. */
export function lastLine({ stdout, stderr }: CommandResult): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n');
  return lines.at(-1)?.trim() || 'it said nothing';
}
