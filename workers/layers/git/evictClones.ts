import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { lastUsedAt } from './marks.ts';
import { sizeOfFolder } from './sizeOfFolder.ts';

export interface EvictOptions {
  readonly folder: string;
  readonly mostBytes: number;
  /** Names of clones that stay. */
  readonly kept: ReadonlySet<string>;
}

/** Removes clones, the one that was not used for the longest time first, until all together are small enough. */
export async function evictClones({ folder, mostBytes, kept }: EvictOptions): Promise<void> {
  const names = await readdir(folder);
  const clones = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return { name, path, bytes: await sizeOfFolder(path), usedAt: await lastUsedAt(path) };
    }),
  );
  let bytes = clones.reduce((sum, clone) => sum + clone.bytes, 0);
  for (const clone of clones.toSorted((a, b) => a.usedAt - b.usedAt)) {
    if (bytes <= mostBytes || kept.has(clone.name)) continue;
    await rm(clone.path, { recursive: true, force: true });
    bytes -= clone.bytes;
  }
}
