import { createHash } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { evictClones } from './evictClones.ts';
import type { GitOptions } from './git.ts';
import { isBusy, markUsed } from './marks.ts';

export interface ClonesOptions {
  /** Where clones are kept between tasks. Made when it is not there. */
  readonly folder: string;
  /** Bytes of all clones together; the ones that were not used for the longest time go first. */
  readonly mostBytes: number;
  /** Bytes of one clone. */
  readonly mostRepositoryBytes: number;
  readonly environment: GitOptions['environment'];
}

/** The bare repository of an address, which nobody else uses meanwhile. */
export interface Clone extends GitOptions {
  readonly url: string;
  readonly mostBytes: number;
}

/** The clones of a worker. Tasks of one repository must not be under way at once: the contract's group sees to that. */
export class Clones {
  readonly #options: ClonesOptions;
  readonly #inUse: string[] = [];

  constructor(options: ClonesOptions) {
    this.#options = options;
  }

  /** Gives the clone of a repository, which may be empty, and afterwards makes room where there is too little. */
  async use<T>(url: string, signal: AbortSignal, task: (clone: Clone) => Promise<T>): Promise<T> {
    const { folder: all, mostBytes, mostRepositoryBytes, environment } = this.#options;
    const name = `${createHash('sha256').update(url).digest('hex').slice(0, 40)}.git`;
    const folder = join(all, name);
    this.#inUse.push(name);
    try {
      await prepare(folder);
      return await task({ folder, environment, signal, url, mostBytes: mostRepositoryBytes });
    } finally {
      await evictClones({ folder: all, mostBytes, kept: new Set(this.#inUse) });
      this.#inUse.splice(this.#inUse.indexOf(name), 1);
    }
  }
}

/** An empty folder, or a clone that nobody was killed over. */
async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (await isBusy(folder)) await discardClone(folder);
  await markUsed(folder);
}

/** Empties the folder, also under a git of a killed worker that goes on writing: it keeps the old one, which is going. */
export async function discardClone(folder: string): Promise<void> {
  const old = `${folder}.${process.pid}.old`;
  await rm(old, { recursive: true, force: true });
  await rename(folder, old);
  await mkdir(folder);
  await rm(old, { recursive: true, force: true });
}
