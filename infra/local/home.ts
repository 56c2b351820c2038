import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isAlive,
  LOCAL_FLEET_FILE,
  type LocalFleet,
  parseLocalFleet,
} from '@taskfleet/platform/cli';

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

/** Tells other terminals where the fleet is. */
export function writeNote({ folder }: Home, note: Omit<LocalFleet, 'v'>): void {
  const path = join(folder, LOCAL_FLEET_FILE);
  // Written aside and renamed: a reader sees a whole note or none.
  writeFileSync(`${path}.new`, JSON.stringify({ v: 1, ...note }, undefined, 2));
  renameSync(`${path}.new`, path);
}

export function removeNote({ folder }: Home): void {
  rmSync(join(folder, LOCAL_FLEET_FILE), { force: true });
}

/** The note of a fleet that runs in this folder now; a note whose process is gone is none. */
export function runningNote({ folder }: Home): LocalFleet | undefined {
  const path = join(folder, LOCAL_FLEET_FILE);
  const note = existsSync(path) ? parseLocalFleet(readFileSync(path, 'utf8')) : undefined;
  return note && isAlive(note.pid) ? note : undefined;
}
