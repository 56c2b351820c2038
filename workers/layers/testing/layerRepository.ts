import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commitFiles, type CommitOptions, makeRepository } from '../demo/repository.ts';

type Change = Pick<CommitOptions, 'files' | 'links'> & { readonly branch?: string };

/** A repository with one layer, for a test to change. */
export interface LayerRepository {
  readonly folder: string;
  /** What tasks are asked with. */
  readonly place: { readonly url: string; readonly branch: string };
  /** Commits, and returns the revision. */
  commit(change: Change): Promise<string>;
}

export async function layerRepository(
  folder: string,
  name: string,
  first: Change = { files: {} },
): Promise<LayerRepository> {
  const path = join(folder, `${name}.git`);
  await makeRepository(path);
  const commit = async ({ branch = 'main', ...change }: Change) =>
    commitFiles({ folder: path, branch, ...change });
  const conf = `BBFILE_COLLECTIONS += "${name}"\n`;
  await commit({ ...first, files: { 'conf/layer.conf': conf, ...first.files } });
  return { folder: path, place: { url: pathToFileURL(path).href, branch: 'main' }, commit };
}
