import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A service as a process: what to run, and with which environment. */
export interface ServiceSpec {
  readonly name: string;
  /** The program, an absolute path. */
  readonly program: string;
  readonly arguments?: readonly string[];
  /** The whole environment, nothing is inherited but what is needed to run at all. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether a line or a message of the process says that it is up. */
  readonly isReady: (said: unknown) => boolean;
}

export interface LaunchHandlers {
  /** Every line that the process prints. */
  readonly onLine: (line: string) => void;
  /** Every line as JSON where it is, and every message over the channel. */
  readonly onSaid: (said: unknown) => void;
  readonly onExit: (how: string) => void;
}

const preload = new URL('exitWithParent.ts', import.meta.url).href;

/** Starts the process. `onExit` is called once, however it ended. */
export function launch(spec: ServiceSpec, handlers: LaunchHandlers): ChildProcess {
  const child = spawn(
    process.execPath,
    ['--import', preload, spec.program, ...(spec.arguments ?? [])],
    {
      // A process group of its own: Ctrl-C reaches the supervisor only, which stops services in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...spec.environment },
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', (line) => passOn(line, handlers));
  }
  child.on('message', (said) => handlers.onSaid(said));
  let ended = false;
  const onEnd = (how: string) => {
    if (!ended) handlers.onExit(how);
    ended = true;
  };
  child.on('error', (error) => onEnd(error.message));
  child.once('exit', (code, signal) => onEnd(signal ?? `exit code ${code}`));
  return child;
}

function passOn(line: string, { onLine, onSaid }: LaunchHandlers): void {
  onLine(line);
  if (!line.startsWith('{')) return;
  try {
    onSaid(JSON.parse(line));
  } catch {
    // Not ours: a line that only looks like one.
  }
}
