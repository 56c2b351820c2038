import { type DestinationStream, type Logger, pino } from 'pino';
import { EVENT_LEVELS, type LogEvents } from './logEvents.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Writes one JSON line for each thing that happened. */
export interface Log {
  event<Name extends keyof LogEvents>(name: Name, fields: LogEvents[Name]): void;
  /** A line of a handler's own. */
  message(level: LogLevel, message: string, fields?: Readonly<Record<string, unknown>>): void;
  /** A log whose every line carries these fields too. */
  child(fields: Readonly<Record<string, unknown>>): Log;
}

export interface LogOptions {
  readonly level: LogLevel;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

export function createLog({ level, destination }: LogOptions): Log {
  const options = {
    level,
    base: null,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return fromLogger(destination ? pino(options, destination) : pino(options));
}

function fromLogger(logger: Logger): Log {
  return {
    event: (name, fields) => logger[EVENT_LEVELS[name] ?? 'info']({ event: name, ...fields }),
    message: (level, message, fields = {}) => logger[level](fields, message),
    child: (fields) => fromLogger(logger.child(fields)),
  };
}
