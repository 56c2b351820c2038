import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { type Clock, systemClock } from '@taskfleet/toolbox/clock';
import { NoFleetError } from '../../errors.ts';
import type { CliDeps, Input } from '../deps.ts';
import { runCli } from '../program.ts';

/** An output that keeps what was written. */
export class Capture extends Writable {
  readonly isTTY: boolean;
  readonly columns = 80;
  readonly rows = 24;
  written = '';

  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString();
    done();
  }
}

export interface RunOptions {
  readonly fleet: Fleet;
  readonly openFleet: CliDeps['openFleet'];
  /** Default: there is no address. */
  readonly findAddress?: CliDeps['findAddress'];
  /** Default: there are none. */
  readonly readSettings?: CliDeps['readSettings'];
  /** Default: there is none. */
  readonly openBrowser?: CliDeps['openBrowser'];
  readonly stdin?: string | Input;
  /** Default: the system's. */
  readonly clock?: Clock;
  /** Default: that of this process. */
  readonly cwd?: string;
  readonly isTTY?: boolean;
  /** To be looked into while the command runs. */
  readonly stdout?: Capture;
  readonly signals?: EventEmitter;
}

/** What a call of the command line leaves behind. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line whose calls run in this process. */
export function commandLine({ fleet, openFleet, ...options }: RunOptions) {
  return async (...args: string[]): Promise<Ran> => {
    const { stdout = new Capture(options.isTTY), stdin = '' } = options;
    const stderr = new Capture(options.isTTY);
    const deps: CliDeps = {
      fleet,
      clock: options.clock ?? systemClock,
      cwd: options.cwd ?? process.cwd(),
      stdin: typeof stdin === 'string' ? Readable.from([stdin]) : stdin,
      stdout,
      stderr,
      signals: options.signals ?? new EventEmitter(),
      openFleet,
      findAddress: options.findAddress ?? (async () => Promise.reject(new NoFleetError())),
      readSettings: options.readSettings ?? (async () => ({ settings: [], problems: [] })),
      openBrowser: options.openBrowser ?? (async () => false),
    };
    const exitCode = await runCli(deps, args);
    return { exitCode, stdout: stdout.written, stderr: stderr.written };
  };
}
