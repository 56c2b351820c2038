import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { endpointOf } from '../../infra/local/services.ts';
import { inheritedEnvironment } from '../../infra/local/supervise/inheritedEnvironment.ts';
import { killAtExit } from '../chaos/processes/killAtExit.ts';
import { within } from '../chaos/processes/within.ts';
import type { Backend } from './backends.ts';

const START_WITHIN_MS = 60_000;
const END_WITHIN_MS = 10_000;

export interface RunningProgram extends AsyncDisposable {
  /** Such as `http://127.0.0.1:9324`. */
  readonly endpoint: string;
}

/** Starts a backend on a free port of 127.0.0.1. It ends when it is disposed of, and when this process ends, however that does. */
export async function startProgram(
  { name, source }: Backend,
  archives: string,
): Promise<RunningProgram> {
  const child = spawn(
    'java',
    [
      '-Xmx512m',
      // DynamoDB Local keeps its tables in SQLite, whose native library lies among the archives.
      `-Dsqlite4java.library.path=${archives}`,
      '-cp',
      `${archives}/*`,
      source,
    ],
    {
      // The program ends with its standard input.
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...inheritedEnvironment(process.env), DDB_LOCAL_TELEMETRY: '0' },
    },
  );
  const guard = killAtExit(child);
  const exited = once(child, 'exit');
  const said: string[] = [];
  const started = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      said.push(line);
      if (line.startsWith('{"event"')) started.resolve(endpointOf(JSON.parse(line)));
    });
  }
  child.on('error', (error) => started.reject(error));
  child.on('exit', () => started.reject(new Error(`${name} ended:\n${said.join('\n')}`)));
  const stop = async () => {
    child.stdin.end();
    await within(END_WITHIN_MS, exited, `${name} did not end`).catch(() => child.kill('SIGKILL'));
    guard[Symbol.dispose]();
  };
  try {
    const endpoint = await within(START_WITHIN_MS, started.promise, `${name} did not start`);
    return { endpoint, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
