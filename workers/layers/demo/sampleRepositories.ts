import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { changeOfAll } from './largeRepository.ts';
import { commitFiles, makeRepository, revisionOf } from './repository.ts';
import { sampleLayers } from './sampleLayers.ts';

/** A layer as the input of `layers.updateAll` has it, and its branch. */
export interface SampleLayer {
  readonly name: string;
  readonly url: string;
  readonly branch: string;
}

const BRANCH = 'main';

/**
 * Makes git repositories with layers that depend on each other, in a folder that is there. What is there already of an earlier call stays
 * as it is. Needs git: see `isGitThere`.
 */
export async function makeSampleRepositories(folder: string): Promise<SampleLayer[]> {
  const there = new Set(await readdir(folder));
  const layers = Object.entries(sampleLayers).map(async ([name, files]) => {
    const path = join(folder, `${name}.git`);
    if (!there.has(`${name}.git`)) await makeRepository(path);
    if ((await revisionOf(path, BRANCH)) === undefined) {
      await commitFiles({ folder: path, branch: BRANCH, files, message: `Begin ${name}` });
    }
    return { name, url: pathToFileURL(path).href, branch: BRANCH };
  });
  return Promise.all(layers);
}

/** Commits a change to a layer: another recipe, with a number of its own; to the large one, what all its recipes require. Returns the new revision. */
export async function changeRepository(layer: SampleLayer): Promise<string> {
  const { name, url, branch } = layer;
  const folder = fileURLToPath(url);
  const before = (await revisionOf(folder, branch)) ?? '';
  // Made of what was there, so that every change is another one.
  const recipe = `recipes-demo/demo/demo-${before.slice(0, 8)}_1.0.bb`;
  const files = changeOfAll(layer, before) ?? {
    [recipe]: `SUMMARY = "A recipe that came to ${name} later"\nLICENSE = "MIT"\n`,
  };
  return commitFiles({ folder, branch, files, message: `Change ${name}` });
}
