export interface EmulatorOptions {
  /** Default 0, a free one. A fixed one lets an emulator that crashed come back where its clients look for it. */
  readonly port?: number | undefined;
  /** The folder of all local state; each emulator has its own folders in it. Default: in memory. */
  readonly dataDir?: string | undefined;
}

/** An emulator that takes requests. */
export interface Emulator {
  /** Such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  /** Resolves when its port is free and its state is on disk. */
  readonly stop: () => Promise<void>;
}

export const LOOPBACK = '127.0.0.1';
