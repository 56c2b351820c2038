import { type Metadata, type ReadableFiles, readMetadata } from './metadata.ts';
import { recipeVariables } from './recipeName.ts';
import { lineOf, wordsOf } from './words.ts';

/** What the index has of a recipe; texts that say nothing are left out. */
export interface RecipeFacts {
  readonly name: string;
  readonly version: string;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly section?: string | undefined;
  readonly license?: string | undefined;
  readonly homepage?: string | undefined;
  readonly depends: readonly string[];
  readonly provides: readonly string[];
  readonly inherits: readonly string[];
  /** Addresses that its sources are fetched from, with their parameters. */
  readonly sources: readonly string[];
  /** Patches of the layer that it applies. */
  readonly patches: readonly string[];
}

export async function readRecipe(
  files: ReadableFiles,
  path: string,
): Promise<{ readonly facts: RecipeFacts; readonly metadata: Metadata }> {
  const given = recipeVariables(path);
  const metadata = await readMetadata(files, path, given);
  const { variables, classes } = metadata;
  const text = (variable: string) => lineOf(variables.get(variable));
  const sources = wordsOf(variables.get('SRC_URI'));
  const name = text('PN') ?? given['PN'] ?? '';
  const facts = {
    name,
    version: text('PV') ?? '',
    summary: text('SUMMARY'),
    description: text('DESCRIPTION'),
    section: text('SECTION'),
    license: text('LICENSE'),
    homepage: text('HOMEPAGE'),
    depends: wordsOf(variables.get('DEPENDS')),
    // A recipe provides itself.
    provides: [...new Set([name, ...wordsOf(variables.get('PROVIDES'))])],
    inherits: classes,
    sources: sources.filter((source) => !isPatch(source)),
    patches: sources.filter(isPatch).map((source) => source.replace(/^file:\/\/|;.*$/g, '')),
  };
  return { facts, metadata };
}

function isPatch(source: string): boolean {
  return (
    /^file:\/\/[^;]+\.(?:patch|diff)(?:\.\w+)?(?:;|$)/.test(source) &&
    !/;apply=(?:no|0)/.test(source)
  );
}
