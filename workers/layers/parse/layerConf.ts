import { type Metadata, type ReadableFiles, readMetadata } from './metadata.ts';
import { lineOf, wordsOf } from './words.ts';

/** Where a layer says what it is. */
export const LAYER_CONF = 'conf/layer.conf';

/** A collection that is needed, with the versions of it that will do. */
export interface Dependency {
  readonly name: string;
  /** Such as `>= 12`. */
  readonly constraint?: string | undefined;
}

/** What bitbake knows a layer's recipes by; a layer has one, and seldom more. */
export interface Collection {
  readonly name: string;
  readonly priority?: number | undefined;
  readonly version?: string | undefined;
  readonly depends: readonly Dependency[];
  readonly recommends: readonly Dependency[];
  /** Names of the releases that it works with. */
  readonly compatible: readonly string[];
}

export async function readLayerConf(
  files: ReadableFiles,
): Promise<{ readonly collections: readonly Collection[]; readonly metadata: Metadata }> {
  const metadata = await readMetadata(files, LAYER_CONF);
  const { variables } = metadata;
  const collections = wordsOf(variables.get('BBFILE_COLLECTIONS')).map((name) => {
    const get = (variable: string) => variables.get(`${variable}_${name}`);
    const priority = Number.parseInt(get('BBFILE_PRIORITY') ?? '', 10);
    return {
      name,
      priority: Number.isSafeInteger(priority) ? priority : undefined,
      version: lineOf(get('LAYERVERSION')),
      depends: dependenciesOf(get('LAYERDEPENDS')),
      recommends: dependenciesOf(get('LAYERRECOMMENDS')),
      compatible: wordsOf(get('LAYERSERIES_COMPAT')),
    };
  });
  return { collections, metadata };
}

/** `core (>= 12) networking-layer` as a list, each name once. */
export function dependenciesOf(text: string | undefined): Dependency[] {
  const found = new Map<string, Dependency>();
  for (const [, name = '', constraint] of (text ?? '').matchAll(
    /([^\s()]+)(?:\s*\(([^()]*)\))?/g,
  )) {
    if (!found.has(name)) found.set(name, { name, constraint: lineOf(constraint) });
  }
  return [...found.values()].slice(0, 200);
}
