import { z } from 'zod';

const lineSchema = z.looseObject({
  level: z.enum(['debug', 'info', 'warn', 'error']),
  event: z.string().optional(),
  msg: z.string().optional(),
  id: z.string().optional(),
  error: z.string().optional(),
});

/** A service's log line as a person reads it. */
export interface DescribedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

/** Told by the supervisor in its own words, or of no use to a person who reads along. */
const UNTOLD = new Set([
  'worker.started',
  'worker.stopping',
  'worker.stopped',
  'platform.started',
  'api.started',
  'platform.stopped',
  'task.started',
]);

const HIDDEN_FIELDS = new Set([
  'level',
  'event',
  'msg',
  'id',
  'error',
  'time',
  'worker',
  'task',
  'attempt',
  'stack',
]);

/** One line for a JSON log line; undefined for one that need not be told. Anything else is told as it is. */
export function describeLogLine(line: string): DescribedLine | undefined {
  const parsed = parse(line);
  if (!parsed) return { level: 'warn', text: line };
  const { level, event, msg, id, error } = parsed;
  if (event !== undefined && UNTOLD.has(event)) return undefined;
  const fields = Object.entries(parsed)
    .filter(([name]) => !HIDDEN_FIELDS.has(name))
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const parts = [event ?? msg, id, ...fields, error].filter((part) => part !== undefined);
  return { level, text: parts.join('  ') };
}

function parse(line: string): z.output<typeof lineSchema> | undefined {
  try {
    return lineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
