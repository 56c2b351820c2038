import type { Collection } from '../parse/layerConf.ts';
import type { DescribedFacts } from '../parse/described.ts';
import type { Maintainer } from '../parse/maintainers.ts';
import type { RecipeFacts } from '../parse/recipe.ts';

/** Raised when files are read differently: indexes of another version are made anew. */
export const INDEX_VERSION = 1;

/** A thousand recipes have some two megabytes. */
export const LARGEST_INDEX_BYTES = 50_000_000;

/** What a part of the index was made of. */
export interface Entry {
  /** Below the layer's folder. */
  readonly path: string;
  /** What could not be read or made out. */
  readonly problems?: readonly string[];
  /** Every file that was looked at, with its digest in git, or null where there was none. */
  readonly reads: Readonly<Record<string, string | null>>;
}

export interface RecipeEntry extends Entry, RecipeFacts {}

export interface AppendEntry extends Entry {
  /** The recipe that is changed. */
  readonly name: string;
  /** Its version; `%` stands for any end of it. */
  readonly version: string;
}

export interface DescribedEntry extends Entry, DescribedFacts {}

export interface ClassEntry extends Entry {
  readonly name: string;
}

/** Everything that is known of a layer at one commit. */
export interface LayerContents {
  readonly layer: Entry & { readonly collections: readonly Collection[] };
  readonly maintainers: readonly Maintainer[];
  readonly recipes: readonly RecipeEntry[];
  readonly appends: readonly AppendEntry[];
  readonly machines: readonly DescribedEntry[];
  readonly distros: readonly DescribedEntry[];
  readonly classes: readonly ClassEntry[];
  /** Files that should be in the index and could not be read. */
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** The stored file. */
export interface LayerIndex extends LayerContents {
  readonly version: typeof INDEX_VERSION;
  readonly url: string;
  readonly branch: string;
  readonly subdir?: string;
  readonly revision: string;
}

/** The parts of an index that hold entries. */
export const PARTS = ['recipes', 'appends', 'machines', 'distros', 'classes'] as const;

export type Part = (typeof PARTS)[number];
