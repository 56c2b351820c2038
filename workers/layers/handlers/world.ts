import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type ArtifactRef, NonRetryableError } from '@taskfleet/toolbox/contract';
import { Clones } from '../git/clones.ts';

/** What people may say of the worker; each has a default. */
export interface LayersSettings {
  /** The folder below which `file:` addresses may be read. Default: none. */
  readonly files?: string | undefined;
  /** Where clones are kept between tasks. Default: a folder of the machine's temporary files. */
  readonly cache?: string | undefined;
  /** Megabytes of all clones together. Default 4,000. */
  readonly cacheMegabytes?: number | undefined;
  /** Megabytes of one clone. Default 1,000. */
  readonly repositoryMegabytes?: number | undefined;
  /** The file with the layers that `layers.updateAll` brings up to date. Default `artifact:uploads/layers.json`. */
  readonly list?: ArtifactRef | undefined;
}

/** What the handlers need of the world. */
export interface World {
  readonly clones: Clones;
  readonly list: ArtifactRef;
  /** Throws NonRetryableError for an address that this worker does not read. */
  readonly checkAddress: (url: string) => Promise<void>;
}

export interface WorldOptions extends LayersSettings {
  /** Variables of the process, of which git is given a few. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function openWorld(options: WorldOptions): World {
  const { files, environment, cache, cacheMegabytes, repositoryMegabytes, list } = options;
  const clones = new Clones({
    folder: cache ?? join(tmpdir(), 'taskfleet-layers'),
    mostBytes: (cacheMegabytes ?? 4_000) * 1_000_000,
    mostRepositoryBytes: (repositoryMegabytes ?? 1_000) * 1_000_000,
    environment,
  });
  return {
    clones,
    list: list ?? 'artifact:uploads/layers.json',
    checkAddress: async (url) => checkAddress(url, files),
  };
}

/** Only files below one folder may be read, wherever links lead. */
async function checkAddress(url: string, allowed: string | undefined): Promise<void> {
  if (!url.startsWith('file:')) return;
  const hint = 'https and ssh are read, file only below TASKFLEET_LAYERS_FILES';
  if (allowed === undefined) throw new NonRetryableError(`${url} is not read here: ${hint}`);
  const [path, root] = await Promise.all([wholePath(url), wholePath(pathToFileURL(allowed))]);
  if (path?.startsWith(`${root}${sep}`)) return;
  throw new NonRetryableError(`${url} is not read here: ${hint} (${allowed})`);
}

/** Where an address leads, along all links, or undefined for nowhere. */
async function wholePath(url: string | URL): Promise<string | undefined> {
  try {
    return await realpath(fileURLToPath(url));
  } catch {
    return undefined;
  }
}
