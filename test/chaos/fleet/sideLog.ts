import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
} from 'node:fs';
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
  /** What it is to a flow, or to a periodic task. */
  role: z.enum(['callback', 'failure', 'firing']).optional(),
  /** The results that a flow's callback was given. */
  given: z.array(z.json()).optional(),
  /** The task that was scheduled. */
  child: z.string().optional(),
});

/** What a handler did, as it says itself, out of reach of the faults. */
export type SideLogLine = z.output<typeof line>;

export type Said = Omit<SideLogLine, 'pid' | 'at' | 'monotonic'>;

export type Say = (said: Said) => void;

/** What is printed beside each line, so that the lab can strike at this very moment. */
export const saidInLab = z.object({ event: z.literal('lab.said'), kind: line.shape.kind });

/** Writes to a file. At once, so that a kill takes nothing that was said. */
export function openSideLog(file: string): Say {
  return (said) => {
    const full = { ...said, pid: process.pid, at: Date.now(), monotonic: performance.now() };
    appendFileSync(file, `${JSON.stringify(full)}\n`);
    process.stdout.write(`${JSON.stringify({ event: 'lab.said', kind: said.kind })}\n`);
  };
}

/** What all processes have said, in the order of time. */
export function readSideLog(folder: string): SideLogLine[] {
  return new SideLogTail(folder).read().toSorted((a, b) => a.at - b.at);
}

/** Reads a side log as it grows: a long run says more than can be read again at every look. */
export class SideLogTail {
  readonly #folder: string;
  readonly #readUntil = new Map<string, number>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What was said since the last call; of one process in the order of time. */
  read(): SideLogLine[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).flatMap((name) => this.#readFile(join(this.#folder, name)));
  }

  #readFile(path: string): SideLogLine[] {
    const from = this.#readUntil.get(path) ?? 0;
    const added = readBytes(path, from);
    // Whole lines only: the rest of one that is being written comes the next time.
    const until = added.lastIndexOf('\n') + 1;
    this.#readUntil.set(path, from + until);
    const lines = added.toString('utf8', 0, until).split('\n').slice(0, -1);
    return lines.map((text) => line.parse(JSON.parse(text)));
  }
}

function readBytes(path: string, from: number): Buffer {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(fstatSync(file).size - from);
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, from));
  } finally {
    closeSync(file);
  }
}
