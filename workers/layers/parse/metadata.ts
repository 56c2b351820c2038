import { posix } from 'node:path';
import type { Parsed } from '@taskfleet/toolbox/contract';
import { statementsOf } from './statements.ts';
import { Variables } from './variables.ts';
import { wordsOf } from './words.ts';

/** What a parser may look at: the files of one layer. */
export interface ReadableFiles {
  readonly digests: ReadonlyMap<string, string>;
  read(path: string): Promise<Parsed<string, string>>;
}

/** What a file and all that it includes say. */
export interface Metadata {
  readonly variables: Variables;
  /** Inherited, each once, in order. */
  readonly classes: readonly string[];
  /** What could not be read, in words for people. */
  readonly problems: readonly string[];
  /** Every file that was read or looked for, with its digest, or null where there was none: while they are the same, so is this. */
  readonly reads: Readonly<Record<string, string | null>>;
}

/** bitbake has no bound; the deepest in openembedded-core is 6. */
const DEEPEST = 20;
const MOST_INCLUDES = 200;
const MOST_PROBLEMS = 20;
const MOST_CLASSES = 500;

/** Characters of one recipe with all that it includes: what is read again and again costs time each time. */
const MOST_CHARACTERS = 4_000_000;

/** Reads a file with all that it includes from inside the layer. Throws nothing for whatever they say; what `read` throws passes. */
export async function readMetadata(
  files: ReadableFiles,
  path: string,
  given: Readonly<Record<string, string>> = {},
): Promise<Metadata> {
  const variables = new Variables();
  for (const [name, value] of Object.entries(given)) variables.assign(name, '=', value);
  const reading = new Reading(files, variables);
  await reading.read(path, []);
  if (variables.isExhausted) reading.complain('its variables need too much of each other');
  return reading;
}

class Reading implements Metadata {
  readonly variables: Variables;
  readonly problems: string[] = [];
  /** Without a prototype: a file may have any name, `__proto__` too. */
  readonly reads: Record<string, string | null> = Object.create(null);
  readonly #files: ReadableFiles;
  readonly #classes = new Set<string>();
  #includes = 0;
  #characters = 0;

  constructor(files: ReadableFiles, variables: Variables) {
    this.#files = files;
    this.variables = variables;
  }

  get classes(): string[] {
    return [...this.#classes].slice(0, MOST_CLASSES);
  }

  complain(problem: string): void {
    if (this.problems.length < MOST_PROBLEMS && !this.problems.includes(problem)) {
      this.problems.push(problem);
    }
  }

  async read(path: string, within: readonly string[]): Promise<void> {
    const text = await this.#textOf(path);
    if (text === undefined) return;
    this.#characters += text.length;
    for (const statement of statementsOf(text)) {
      if (statement.kind === 'assign') {
        this.variables.assign(statement.name, statement.operator, statement.value);
      } else if (statement.kind === 'inherit') {
        for (const name of wordsOf(this.variables.expand(statement.classes))) {
          this.#classes.add(posix.basename(name, '.bbclass'));
        }
      } else {
        await this.#include(statement, [...within, path]);
      }
    }
  }

  async #textOf(path: string): Promise<string | undefined> {
    this.reads[path] = this.#files.digests.get(path) ?? null;
    const text = await this.#files.read(path);
    if (text.ok) return text.value;
    this.complain(`${path}: ${text.error}`);
    return undefined;
  }

  async #include(
    { path, isRequired }: { readonly path: string; readonly isRequired: boolean },
    within: readonly string[],
  ): Promise<void> {
    this.#includes += 1;
    if (this.#isTooMuch(within)) {
      this.complain('it includes too much');
      return;
    }
    const from = within.at(-1) ?? '';
    // The folder of the file that asks; here all paths begin at the layer.
    const asked = path.replaceAll('${THISDIR}', posix.dirname(from));
    const wanted = this.variables.expand(asked).trim();
    const found = this.#find(wanted, from);
    if (found === undefined) {
      if (isRequired) this.complain(`require ${wanted.slice(0, 200)}: not in this layer`);
      return;
    }
    if (within.includes(found)) this.complain(`${found} includes itself`);
    else await this.read(found, within);
  }

  #isTooMuch(within: readonly string[]): boolean {
    if (within.length > DEEPEST || this.#includes > MOST_INCLUDES) return true;
    return this.#characters > MOST_CHARACTERS;
  }

  /** Beside the file that asks, else from the layer's root, as bitbake looks along BBPATH. Nothing outside is ever looked for. */
  #find(wanted: string, from: string): string | undefined {
    if (wanted === '' || wanted.includes('${') || posix.isAbsolute(wanted)) return undefined;
    for (const path of [posix.join(posix.dirname(from), wanted), posix.normalize(wanted)]) {
      if (path.startsWith('../')) continue;
      this.reads[path] = this.#files.digests.get(path) ?? null;
      if (this.#files.digests.has(path)) return path;
    }
    return undefined;
  }
}
