import type { Readable, Writable } from 'node:stream';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { FleetAccess } from '../access/index.ts';
import type { RemoteOptions } from '../remote/index.ts';

/** A stream that may be a terminal. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where Ctrl-C is heard. */
export interface Signals {
  once(signal: 'SIGINT', listener: () => void): unknown;
  off(signal: 'SIGINT', listener: () => void): unknown;
}

/** The world as a command sees it: everything that a test replaces. */
export interface CliDeps {
  readonly fleet: Fleet;
  readonly clock: Clock;
  readonly stdin: Readable;
  /** Results only. */
  readonly stdout: Output;
  /** Errors, one line each, and progress on a terminal. */
  readonly stderr: Output;
  readonly signals: Signals;
  /** Called once a command's own input is known to be good. Throws NoFleetError, ConfigError or RemoteConfigError. */
  readonly openFleet: (where?: RemoteOptions) => Promise<FleetAccess>;
}
