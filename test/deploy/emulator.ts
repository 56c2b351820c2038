import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Endpoints } from '@taskfleet/toolbox/aws';
import { endpointVariables } from '../../infra/local/services.ts';
import { within } from '../chaos/processes/within.ts';
import { DeployError } from './errors.ts';
import { endAtExit, endFamily } from './programs/endAtExit.ts';

const UP_WITHIN_MS = 60_000;

export interface EmulatorOptions {
  /** Has the emulator's packages. */
  readonly python: string;
  /** For its state and what it prints. */
  readonly folder: string;
  readonly inherited: Readonly<Record<string, string>>;
}

export interface DeployEmulator extends AsyncDisposable {
  /** By its number: beside a name, the SDK would look for a host of the bucket's name. */
  readonly endpoints: Endpoints;
  /** With the word `localhost`, by which the CDK's command line knows that a bucket's name is no host's. */
  readonly endpoint: string;
}

/** MiniStack on a free port of this machine, and of no other. */
export async function startEmulator(options: EmulatorOptions): Promise<DeployEmulator> {
  const { python, folder } = options;
  const state = join(folder, 'emulator');
  mkdirSync(state, { recursive: true });
  // Its own scripts for functions are CommonJS, and this repository's packages are not.
  writeFileSync(join(state, 'package.json'), '{"type": "commonjs"}');
  const log = join(folder, 'emulator.log');
  const port = await freePort();
  const child = spawn(python, [join(import.meta.dirname, 'python', 'serve.py')], {
    env: { ...options.inherited, ...settings(state, port), ...forFunctions(options, port) },
    detached: true,
    stdio: 'pipe',
  });
  endAtExit(child);
  const up = Promise.withResolvers<void>();
  const exited = once(child, 'exit');
  child.once('error', up.reject);
  void exited.then(([code, signal]) => {
    appendFileSync(log, `ended: ${signal ?? `exit code ${code}`}\n`);
    up.reject(new DeployError(`the emulator ended; see ${log}`));
  });
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      appendFileSync(log, `${line}\n`);
      if (line.includes(`Running on http://127.0.0.1:${port}`)) up.resolve();
    });
  }
  await within(UP_WITHIN_MS, up.promise, 'the emulator did not come up');
  return {
    endpoint: `http://localhost:${port}`,
    endpoints: endpointsAt(port),
    [Symbol.asyncDispose]: async () => {
      endFamily(child);
      await exited;
    },
  };
}

function endpointsAt(port: number): Endpoints {
  const origin = `http://127.0.0.1:${port}`;
  return { sns: origin, sqs: origin, s3: origin, dynamodb: origin };
}

function settings(state: string, port: number): Record<string, string> {
  return {
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    TMPDIR: state,
    STATE_DIR: join(state, 'state'),
    S3_DATA_DIR: join(state, 's3'),
    // Nothing listens there: it shall neither start nor clear away containers of this machine.
    DOCKER_HOST: `unix://${join(state, 'no-docker.sock')}`,
  };
}

/** The emulator's functions inherit its environment: the Node that runs this, and where the stage `local` is. */
function forFunctions({ inherited }: EmulatorOptions, port: number): Record<string, string> {
  const path = [dirname(process.execPath), inherited['PATH']].join(delimiter);
  return { ...endpointVariables(endpointsAt(port)), PATH: path };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new DeployError('no port is free');
  return address.port;
}
