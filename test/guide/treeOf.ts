import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join, relative } from 'node:path';

/** What tools keep for the next time, and git does not. */
const KEPT = new Set(['.cache', '.vitest-cache', '.build', '.taskfleet', '.vite']);

/** Every file and folder below one, with what is in it. */
export function treeOf(root: string): ReadonlyMap<string, string> {
  const tree = new Map<string, string>();
  const walk = (folder: string) => {
    for (const name of readdirSync(folder).filter((name) => !KEPT.has(name))) {
      const path = join(folder, name);
      const seen = lstatSync(path);
      tree.set(relative(root, path), whatIs(path, seen));
      if (seen.isDirectory()) walk(path);
    }
  };
  walk(root);
  return tree;
}

function whatIs(path: string, seen: ReturnType<typeof lstatSync> & object): string {
  if (seen.isSymbolicLink()) return `-> ${readlinkSync(path)}`;
  if (seen.isDirectory()) return 'folder';
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
