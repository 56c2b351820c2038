import { existsSync } from 'node:fs';
import { lstat, mkdir, readdir, realpath, symlink } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** A folder of the repository, and the same of another version. */
export interface Trees {
  /** Absolute, without links. */
  readonly present: string;
  readonly other: string;
}

/**
 * Gives another version of a repository the packages of the present one. Packages that the repository itself has, as npm's workspaces,
 * are those of that version.
 */
export async function linkModules(trees: Trees, folder: string): Promise<void> {
  const from = join(trees.present, folder, 'node_modules');
  const to = join(trees.other, folder, 'node_modules');
  if (!existsSync(from) || existsSync(to)) return;
  await linkEntries(trees, { from, to });
}

interface Folders {
  readonly from: string;
  readonly to: string;
}

async function linkEntries(trees: Trees, { from, to }: Folders): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from)) {
    const both = { from: join(from, name), to: join(to, name) };
    const isScope = name.startsWith('@') && !(await lstat(both.from)).isSymbolicLink();
    if (isScope) await linkEntries(trees, both);
    else await linkEntry(trees, both);
  }
}

async function linkEntry(trees: Trees, { from, to }: Folders): Promise<void> {
  const target = await realpath(from).catch(() => undefined);
  if (target === undefined) return;
  const own = workspaceOf(trees.present, target);
  if (own === undefined) {
    await symlink(target, to, 'junction');
    return;
  }
  const there = join(trees.other, own);
  // A version from before that package has none of it.
  if (!existsSync(there)) return;
  await symlink(relative(dirname(to), there), to, 'junction');
  await linkModules(trees, own);
}

/** Where in the repository a package is; undefined for one that is installed. */
function workspaceOf(top: string, target: string): string | undefined {
  const path = relative(top, target);
  const isOutside = path.startsWith(`..${sep}`) || path.split(sep).includes('node_modules');
  return isOutside ? undefined : path;
}
