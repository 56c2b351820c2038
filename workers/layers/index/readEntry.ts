import { posix } from 'node:path';
import type { Parsed } from '@taskfleet/toolbox/contract';
import { readDescribed } from '../parse/described.ts';
import type { ReadableFiles } from '../parse/metadata.ts';
import { readRecipe } from '../parse/recipe.ts';
import { recipeName } from '../parse/recipeName.ts';
import type {
  AppendEntry,
  ClassEntry,
  DescribedEntry,
  Entry,
  Part,
  RecipeEntry,
} from './layerIndex.ts';

export type AnyEntry = RecipeEntry | AppendEntry | DescribedEntry | ClassEntry;

/** Makes the entry of one file, or says why it cannot be read. */
export async function readEntry(
  files: ReadableFiles,
  part: Part,
  path: string,
): Promise<Parsed<AnyEntry, string>> {
  const alone: Entry = { path, reads: { [path]: files.digests.get(path) ?? null } };
  if (part === 'classes') {
    return { ok: true, value: { ...alone, name: posix.basename(path, '.bbclass') } };
  }
  if (part === 'appends') {
    const { PN, PV } = recipeName(path);
    return { ok: true, value: { ...alone, name: PN, version: path.includes('_') ? PV : '%' } };
  }
  const text = await files.read(path);
  if (!text.ok) return text;
  if (part !== 'recipes')
    return { ok: true, value: { ...alone, ...readDescribed(path, text.value) } };
  const { facts, metadata } = await readRecipe(files, path);
  const { problems, reads } = metadata;
  return { ok: true, value: { path, ...facts, ...problemsIn(problems), reads } };
}

export function problemsIn(problems: readonly string[]): Pick<Entry, 'problems'> {
  return problems.length === 0 ? {} : { problems };
}
