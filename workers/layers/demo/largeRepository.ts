import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commitFiles, makeRepository, revisionOf } from './repository.ts';
import type { SampleLayer } from './sampleRepositories.ts';

const NAME = 'meta-large';
const BRANCH = 'main';

/** As many as it takes for its reading to last some ten seconds: long enough to read along, and to stop it. */
const RECIPES = 10_000;

/** What every recipe requires: when it changes, all are read again. */
const COMMON = 'recipes-large/large.inc';

/**
 * Makes a git repository with a layer of ten thousand recipes, in a folder that is there. One of an earlier call stays as it is. Needs
 * git: see `isGitThere`.
 */
export async function makeLargeRepository(folder: string): Promise<SampleLayer> {
  const path = join(folder, `${NAME}.git`);
  const isThere = await revisionOf(path, BRANCH).catch(() => undefined);
  if (isThere === undefined) {
    await makeRepository(path);
    await commitFiles({ folder: path, branch: BRANCH, files: largeFiles(), message: 'Begin' });
  }
  return { name: NAME, url: pathToFileURL(path).href, branch: BRANCH };
}

/** What makes the next update read all of its recipes again; undefined for any other layer. */
export function changeOfAll(
  { name }: SampleLayer,
  revision: string,
): Record<string, string> | undefined {
  return name === NAME ? { [COMMON]: commonFile(revision) } : undefined;
}

function largeFiles(): Record<string, string> {
  const recipes = Array.from({ length: RECIPES }, (_, i): [string, string] => [
    `recipes-large/tool-${i}/tool-${i}_1.${i % 10}.bb`,
    `require ${COMMON}\nSUMMARY = "Tool ${i}"\nDEPENDS = "zlib"\nSRC_URI = "https://example.org/\${BP}.tar.gz"\n`,
  ]);
  return {
    'conf/layer.conf': LAYER_CONF,
    [COMMON]: commonFile('none'),
    ...Object.fromEntries(recipes),
  };
}

function commonFile(after: string): string {
  return `LICENSE = "MIT"\nDESCRIPTION = "As it was after ${after.slice(0, 8)}"\n`;
}

const LAYER_CONF = `
BBPATH .= ":\${LAYERDIR}"
BBFILES += "\${LAYERDIR}/recipes-*/*/*.bb"
BBFILE_COLLECTIONS += "large"
BBFILE_PATTERN_large = "^\${LAYERDIR}/"
LAYERVERSION_large = "1"
LAYERDEPENDS_large = "core"
LAYERSERIES_COMPAT_large = "whinlatter wrynose"
`;
