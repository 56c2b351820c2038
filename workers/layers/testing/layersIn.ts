import { join } from 'node:path';
import { type LayersSettings } from '../handlers/world.ts';
import { layersWith } from '../implementation.ts';

/** Where git is, and nothing else of whoever runs the test. */
const GIT = { PATH: '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin' };

/** A worker that reads the repositories of a folder, and keeps its clones there. */
export function layersIn(
  folder: string,
  settings: Partial<LayersSettings> = {},
  environment = GIT,
) {
  return layersWith({
    files: folder,
    list: 'artifact:uploads/layers.json',
    cache: join(folder, 'cache'),
    cacheMegabytes: 100,
    repositoryMegabytes: 50,
    notify: 'off',
    ...settings,
    environment,
  });
}
