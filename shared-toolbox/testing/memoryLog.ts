import { createLog, type Log } from '../log/index.ts';

export interface LoggedLine {
  readonly level: string;
  readonly event?: string;
  readonly msg?: string;
  readonly [field: string]: unknown;
}

export interface MemoryLog {
  readonly log: Log;
  readonly lines: readonly LoggedLine[];
  /** Lines of one event. */
  of(event: string): LoggedLine[];
}

/** The real log, with its lines kept. */
export function memoryLog(): MemoryLog {
  const lines: LoggedLine[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line) as LoggedLine) };
  return {
    log: createLog({ level: 'debug', destination }),
    lines,
    of: (event) => lines.filter((line) => line.event === event),
  };
}
