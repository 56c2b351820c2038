import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const line = z.object({
  /** `aborted`: the handler's signal; what it does from then on, it does without the right to. */
  kind: z.enum(['begin', 'aborted', 'returned', 'threw', 'scheduled']),
  id: z.string(),
  attempt: z.int(),
  pid: z.int(),
  /** Milliseconds since 1970. */
  at: z.number(),
  /** Milliseconds on the process's monotonic clock. */
  monotonic: z.number(),
  n: z.int(),
  group: z.string().optional(),
  sequence: z.int().optional(),
  /** The task that was scheduled. */
  child: z.string().optional(),
});

/** What a handler did, as it says itself, out of reach of the faults. */
export type SideLogLine = z.output<typeof line>;

export type Say = (said: Omit<SideLogLine, 'pid' | 'at' | 'monotonic'>) => void;

/** Writes to a file of this process. At once, so that a kill takes nothing that was said. */
export function openSideLog(folder: string): Say {
  const file = join(folder, `${process.pid}.jsonl`);
  return (said) => {
    const full = { ...said, pid: process.pid, at: Date.now(), monotonic: performance.now() };
    appendFileSync(file, `${JSON.stringify(full)}\n`);
  };
}

/** What all processes have said, in the order of time. */
export function readSideLog(folder: string): SideLogLine[] {
  if (!existsSync(folder)) return [];
  const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  return texts
    .flatMap((text) => text.split('\n').slice(0, -1))
    .map((text) => line.parse(JSON.parse(text)))
    .toSorted((a, b) => a.at - b.at);
}
