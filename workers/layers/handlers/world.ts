import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { NonRetryableError, type SettingsOf } from '@taskfleet/toolbox/contract';
import type { layersWorker } from '../contract.ts';
import { Clones, type ClonesOptions } from '../git/clones.ts';

/** What the worker is told by its environment. */
export type LayersSettings = SettingsOf<typeof layersWorker>;

/** What the handlers need of the world. */
export interface World extends Pick<LayersSettings, 'list' | 'notify'> {
  readonly clones: Clones;
  /** Throws NonRetryableError for an address that this worker does not read. */
  readonly checkAddress: (url: string) => Promise<void>;
}

export interface WorldOptions extends LayersSettings {
  /** Variables of the process, of which git is given a few. */
  readonly environment: ClonesOptions['environment'];
}

export function openWorld(options: WorldOptions): World {
  const { files, list, notify, environment, cacheMegabytes, repositoryMegabytes } = options;
  const clones = new Clones({
    folder: options.cache ?? join(tmpdir(), 'taskfleet-layers'),
    mostBytes: cacheMegabytes * 1_000_000,
    mostRepositoryBytes: repositoryMegabytes * 1_000_000,
    environment,
  });
  return { clones, list, notify, checkAddress: async (url) => checkAddress(url, files) };
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
