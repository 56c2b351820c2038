import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RepositoryError } from '../../errors.ts';
import { linkModules } from './linkModules.ts';
import { type Repository, upward } from './openRepository.ts';

/** Another version of the repository's tree. */
export interface Tree {
  readonly folder: string;
  readonly commit: string;
}

/**
 * Calls back with the tree of a commit in a folder of its own, which is gone when this ends, however it does. Nothing is left in the
 * repository either: git is given an index of its own. Throws RepositoryError.
 */
export async function withTree<T>(
  repository: Repository,
  ref: string,
  use: (tree: Tree) => Promise<T>,
): Promise<T> {
  const commit = await commitOf(repository, ref);
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'taskfleet-contracts-')));
  try {
    const tree = { folder: join(folder, 'tree'), commit };
    await checkOut(repository, tree, join(folder, 'index'));
    return await use(tree);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function commitOf({ git }: Repository, ref: string): Promise<string> {
  const args = ['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`];
  return git(args, `find ${ref}`).catch((cause: unknown) => {
    if (!(cause instanceof RepositoryError)) throw cause;
    const hint = 'a shallow clone has few of them, and git fetch --unshallow brings the rest';
    throw new RepositoryError(
      `expected a branch, tag or commit of this repository, got "${ref}"; ${hint}`,
      { cause },
    );
  });
}

/** Its files, and the packages of the present. */
export async function checkOut(
  { top, prefix, git }: Repository,
  { folder, commit }: Tree,
  index: string,
): Promise<void> {
  const what = `check out ${commit}`;
  await git(['read-tree', commit], what, index);
  await git(['checkout-index', '--all', '--quiet', `--prefix=${folder}/`], what, index);
  for (const some of upward(join(top, prefix), top)) {
    await linkModules({ present: top, other: folder }, some.slice(top.length + 1));
  }
}
