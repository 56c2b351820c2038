import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DataFolderInUseError } from '../../errors.ts';

/** A folder that this process alone writes to, until it is disposed of. */
export interface DataFolder extends Disposable {
  readonly path: string;
}

/**
 * Takes a folder for one emulator, made if need be. The emulators keep their state in memory too: two on one folder would
 * overwrite each other unseen. The lock is the operating system's, by way of SQLite, so that it ends with its process
 * however that dies. Throws DataFolderInUseError.
 */
export function takeDataFolder(dataDir: string, emulator: string): DataFolder {
  const path = join(dataDir, emulator);
  mkdirSync(path, { recursive: true });
  const lock = new DatabaseSync(join(dataDir, `${emulator}.lock`));
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new DataFolderInUseError(path, { cause });
  }
  return { path, [Symbol.dispose]: () => lock.close() };
}
