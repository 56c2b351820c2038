import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The folder of a local fleet. Beside what is named here, the emulators keep their state in it. */
export interface Home {
  readonly folder: string;
  /** Everything that the services print, a file each. */
  readonly logs: string;
  /** Copies of the demonstration's files, to be opened by a person. */
  readonly demonstration: string;
}

export function openHome(folder: string): Home {
  const home = {
    folder,
    logs: join(folder, 'logs'),
    demonstration: join(folder, 'demonstration'),
  };
  mkdirSync(home.logs, { recursive: true });
  return home;
}

const noteSchema = z.object({
  v: z.literal(1),
  /** Process that runs the fleet. */
  pid: z.int().positive(),
  /** What `fleetConfig` reads, endpoints included. */
  environment: z.record(z.string(), z.string()),
});

/** What a second terminal needs to know of the running fleet. */
export type RunningNote = z.output<typeof noteSchema>;

export function writeNote({ folder }: Home, note: Omit<RunningNote, 'v'>): void {
  const path = notePath(folder);
  // Written aside and renamed: a reader sees a whole note or none.
  writeFileSync(`${path}.new`, JSON.stringify({ v: 1, ...note }, undefined, 2));
  renameSync(`${path}.new`, path);
}

export function removeNote({ folder }: Home): void {
  rmSync(notePath(folder), { force: true });
}

/** The note of a fleet that runs in this folder now; a note whose process is gone is none. */
export function runningNote({ folder }: Home): RunningNote | undefined {
  try {
    const note = noteSchema.parse(JSON.parse(readFileSync(notePath(folder), 'utf8')));
    process.kill(note.pid, 0);
    return note;
  } catch {
    return undefined;
  }
}

function notePath(folder: string): string {
  return join(folder, 'local.json');
}
