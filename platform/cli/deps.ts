import type { Readable, Writable } from 'node:stream';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { SettingReader } from '@taskfleet/toolbox/config';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { FleetAccess } from '../access/index.ts';
import type { RemoteOptions } from '../remote/index.ts';
import type { SettingsHere } from './readSettingsHere.ts';

/** A stream that may be a terminal. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** An input that may be a terminal. */
export interface Input extends Readable {
  readonly isTTY?: boolean;
  readonly setRawMode?: (isRaw: boolean) => unknown;
}

/** What tells a command to end; `exit` is the end of the process itself. */
export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'exit';

/** Where Ctrl-C is heard, and the like. */
export interface Signals {
  once(signal: EndSignal, listener: () => void): unknown;
  off(signal: EndSignal, listener: () => void): unknown;
}

/** The world as a command sees it: everything that a test replaces. */
export interface CliDeps {
  readonly fleet: Fleet;
  readonly clock: Clock;
  /** The folder in which it was called. */
  readonly cwd: string;
  readonly stdin: Input;
  /** Results only. */
  readonly stdout: Output;
  /** Errors, one line each, and progress on a terminal. */
  readonly stderr: Output;
  readonly signals: Signals;
  /** Called once a command's own input is known to be good. Throws NoFleetError, ConfigError or RemoteConfigError. */
  readonly openFleet: (where?: RemoteOptions) => Promise<FleetAccess>;
  /** Where the stage's pages are. Throws NoFleetError or ConfigError. */
  readonly findAddress: (where?: RemoteOptions) => Promise<string>;
  /** The settings of a reader, or all, as they are here. Throws RemoteConfigError. */
  readonly readSettings: (reader?: SettingReader, where?: RemoteOptions) => Promise<SettingsHere>;
  /** Shows a page of http or https to whoever sits here. Resolves to whether there was a browser to do it. */
  readonly openBrowser: (page: URL) => Promise<boolean>;
}
