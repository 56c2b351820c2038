import { type DestinationStream, type Logger, pino } from 'pino';
import { EVENT_LEVELS, type LogEvents } from './logEvents.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one JSON line for each thing that happened. */
export interface Log {
  event<Name extends keyof LogEvents>(name: Name, fields: LogEvents[Name]): void;
  /** A line of a handler's own. */
  message(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Whether lines of this level are written. */
  writes(level: LogLevel): boolean;
  /** A log whose every line carries these fields too. */
  child(fields: Readonly<Record<string, unknown>>): Log;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

export function createLog({ level, destination = standardOutput() }: LogOptions): Log {
  const formatters = { level: (label: string) => ({ level: label }) };
  return fromLogger(pino({ level, base: null, formatters }, destination));
}

/**
 * Not pino's own destination: when nobody reads any more, that one tries again for ever while the process exits (pino 10.4
 * with sonic-boom 4.2.1). Lines that nobody reads are dropped here.
 */
function standardOutput(): DestinationStream {
  process.stdout.removeListener('error', ignoreBrokenPipe).on('error', ignoreBrokenPipe);
  return process.stdout;
}

function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

function fromLogger(logger: Logger): Log {
  return {
    event: (name, fields) => logger[EVENT_LEVELS[name] ?? 'info']({ event: name, ...fields }),
    message: (level, message, fields = {}) => logger[level](fields, message),
    writes: (level) => logger.isLevelEnabled(level),
    child: (fields) => fromLogger(logger.child(fields)),
  };
}
