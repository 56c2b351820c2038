import { NonRetryableError, type Parsed } from '@taskfleet/toolbox/contract';
import { LAYER_CONF, readLayerConf } from '../parse/layerConf.ts';
import type { LayerFiles } from '../git/openTree.ts';
import {
  type Entry,
  LARGEST_INDEX_BYTES,
  type LayerContents,
  type Part,
  PARTS,
} from './layerIndex.ts';
import { findMaintainers } from './findMaintainers.ts';
import { partOf } from './partOf.ts';
import { type AnyEntry, problemsIn, readEntry } from './readEntry.ts';

export interface BuildOptions {
  readonly files: LayerFiles;
  /** The index of before: what was made of files that are the same is taken from there. Its version is this one's. */
  readonly previous: LayerContents | undefined;
  /** Called for each file of the index, with how many there are. Throws to end it. */
  readonly onFile: (path: string, at: number, of: number) => void;
  /** Called for each file that was read and has problems. */
  readonly onProblem: (path: string, problems: readonly string[]) => void;
}

/** How an index differs from the one before, in files. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

export interface BuiltIndex {
  readonly contents: LayerContents;
  readonly changes: Changes;
}

/** Whether a path holds a layer. */
export function isLayer({ digests }: Pick<LayerFiles, 'digests'>): boolean {
  return digests.has(LAYER_CONF);
}

/**
 * Makes the index of a layer. Each part of it says of which files it was made, those included and those looked for in vain. While git gives
 * them the same digests it is still true, so that an index made from an earlier one is the one that would be made from nothing.
 * Throws NonRetryableError for one that would be too large.
 */
export async function buildIndex(options: BuildOptions): Promise<BuiltIndex> {
  const { files, previous, onFile, onProblem } = options;
  const paths = [...files.digests.keys()].filter((path) => partOf(path)).toSorted(byText);
  const before = new Map(allEntries(previous).map((entry) => [entry.path, entry]));
  const parts: Record<Part, AnyEntry[]> = {
    recipes: [],
    appends: [],
    machines: [],
    distros: [],
    classes: [],
  };
  const skipped = skippedByName(files);
  const changes = { added: 0, changed: 0, removed: 0 };
  let size = 0;
  for (const [at, path] of paths.entries()) {
    onFile(path, at, paths.length);
    const known = before.get(path);
    const entry = await entryOf(files, path, known);
    if (entry.ok) parts[partOf(path) ?? 'recipes'].push(entry.value);
    else skipped.push({ path, reason: entry.error });
    size += JSON.stringify(entry).length;
    if (size > LARGEST_INDEX_BYTES) throw indexTooLarge();
    count(changes, { known, entry });
    if (entry.ok && entry.value !== known) onProblem(path, entry.value.problems ?? []);
    before.delete(path);
  }
  changes.removed += before.size;
  const { collections, metadata } = await readLayerConf(files);
  const layer = {
    path: LAYER_CONF,
    collections,
    ...problemsIn(metadata.problems),
    reads: metadata.reads,
  };
  const maintainers = await findMaintainers(files);
  const contents = { layer, maintainers, ...parts, skipped } as LayerContents;
  return { contents, changes };
}

function allEntries(index: LayerContents | undefined): AnyEntry[] {
  return index ? PARTS.flatMap((part): readonly AnyEntry[] => index[part]) : [];
}

/** The entry of before, where all that it was made of is the same; else the file is read. */
async function entryOf(
  files: LayerFiles,
  path: string,
  known: AnyEntry | undefined,
): Promise<Parsed<AnyEntry, string>> {
  if (known && isSame(files, known)) return { ok: true, value: known };
  return readEntry(files, partOf(path) ?? 'recipes', path);
}

function isSame({ digests }: LayerFiles, { reads }: Entry): boolean {
  return Object.entries(reads).every(([path, digest]) => (digests.get(path) ?? null) === digest);
}

function count(
  changes: { added: number; changed: number; removed: number },
  { known, entry }: { known: AnyEntry | undefined; entry: Parsed<AnyEntry, string> },
): void {
  if (!entry.ok) changes.removed += known ? 1 : 0;
  else if (!known) changes.added += 1;
  else if (entry.value !== known) changes.changed += 1;
}

function indexTooLarge(): NonRetryableError {
  const most = LARGEST_INDEX_BYTES / 1_000_000;
  return new NonRetryableError(`expected a layer whose index has at most ${most} MB, got more`);
}

/** Links, submodules and files that are too large, where the index would have them. */
function skippedByName({ refused }: LayerFiles): { path: string; reason: string }[] {
  const ours = [...refused].filter(([path]) => partOf(path));
  return ours
    .map(([path, reason]) => ({ path, reason }))
    .toSorted((a, b) => byText(a.path, b.path));
}

/** The same order everywhere, whatever the language of the machine. */
function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
