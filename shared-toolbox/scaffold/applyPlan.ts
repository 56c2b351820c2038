import * as nodeFiles from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ScaffoldError } from './errors.ts';
import type { Edit, Link, NewFile, Plan } from './plan.ts';

/** What of `node:fs/promises` is used, so that a test can make each of them fail. */
export type Files = Pick<
  typeof nodeFiles,
  'lstat' | 'mkdir' | 'readFile' | 'rename' | 'rm' | 'symlink' | 'unlink' | 'writeFile'
>;

export interface ApplyOptions {
  /** The project's folder. */
  readonly root: string;
  readonly files?: Files;
}

type Undo = () => Promise<unknown>;

/**
 * Does what a plan says, or nothing: whatever was done before a failure is undone. Nothing is overwritten that is not as it was when the plan
 * was made. Throws ScaffoldError.
 */
export async function applyPlan(plan: Plan, options: ApplyOptions): Promise<void> {
  const undos: Undo[] = [];
  try {
    await apply(plan, new Changes({ files: nodeFiles, ...options }, undos));
  } catch (error) {
    const failed = await undoAll(undos);
    if (failed.length > 0) throw new ScaffoldError([messageOf(error), ...failed]);
    if (error instanceof ScaffoldError) throw error;
    throw new ScaffoldError([`nothing was changed: ${messageOf(error)}`]);
  }
}

async function apply({ creates, links = [], edits, removes, unlinks = [] }: Plan, done: Changes) {
  for (const file of creates) await done.create(file);
  for (const link of links) await done.link(link);
  for (const edit of edits) await done.edit(edit);
  const aside = removes === undefined ? undefined : await done.putAside(removes);
  for (const path of unlinks) await done.unlink(path);
  if (aside !== undefined) await done.forget(aside);
}

async function undoAll(undos: readonly Undo[]): Promise<string[]> {
  const failed: string[] = [];
  for (const undo of undos.toReversed()) {
    await undo().catch((error: unknown) => failed.push(`and not undone: ${messageOf(error)}`));
  }
  return failed;
}

class Changes {
  readonly #root: string;
  readonly #files: Files;
  readonly #undos: Undo[];

  constructor({ root, files }: Required<ApplyOptions>, undos: Undo[]) {
    this.#root = root;
    this.#files = files;
    this.#undos = undos;
  }

  async create({ path, text }: NewFile): Promise<void> {
    const file = this.#at(path);
    if (await this.#isThere(file)) throw taken(path);
    await this.#folder(dirname(file));
    this.#undos.push(async () => this.#files.rm(file, { force: true }));
    await this.#files.writeFile(file, text, { flag: 'wx' });
  }

  /** Beside it first, so that nobody ever reads half of it. */
  async edit({ path, before, after }: Edit): Promise<void> {
    const file = this.#at(path);
    if ((await this.#files.readFile(file, 'utf8')) !== before) {
      throw new ScaffoldError([`${path} was changed meanwhile; try again`]);
    }
    const beside = `${file}.new`;
    this.#undos.push(async () => this.#files.rm(beside, { force: true }));
    await this.#files.writeFile(beside, after);
    this.#undos.push(async () => nodeFiles.writeFile(file, before));
    await this.#files.rename(beside, file);
  }

  /** What `npm install` would link. Where nothing is installed yet, it will. */
  async link({ path, target }: Link): Promise<void> {
    const link = this.#at(path);
    if (!(await this.#isThere(dirname(link))) || (await this.#isThere(link))) return;
    this.#undos.push(async () => this.#files.rm(link, { force: true }));
    await this.#files.symlink(target, link, 'junction');
  }

  async unlink(path: string): Promise<void> {
    const link = this.#at(path);
    if (await this.#isThere(link)) await this.#files.unlink(link);
  }

  /** Resolves to where it is now. */
  async putAside(folder: string): Promise<string> {
    const from = this.#at(folder);
    const aside = join(dirname(from), `.removed-${from.split(/[/\\]/).at(-1) ?? ''}`);
    await this.#files.rm(aside, { recursive: true, force: true });
    await this.#files.rename(from, aside);
    this.#undos.push(async () => nodeFiles.rename(aside, from));
    return aside;
  }

  /** All is done by now: what cannot be deleted stays aside, and nobody reads it. */
  async forget(aside: string): Promise<void> {
    await this.#files.rm(aside, { recursive: true, force: true }).catch(() => undefined);
  }

  /** Every folder on the way that was not there goes again with an undo. */
  async #folder(folder: string): Promise<void> {
    if (await this.#isThere(folder)) return;
    await this.#folder(dirname(folder));
    this.#undos.push(async () => this.#files.rm(folder, { recursive: true, force: true }));
    await this.#files.mkdir(folder);
  }

  #at(path: string): string {
    return join(this.#root, ...path.split('/'));
  }

  async #isThere(path: string): Promise<boolean> {
    try {
      await this.#files.lstat(path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw error;
    }
  }
}

function taken(path: string): ScaffoldError {
  const folder = path.split('/').slice(0, 2).join('/');
  return new ScaffoldError([
    `${path} is there already, and nothing is overwritten; move ${folder} away, or choose another name`,
  ]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
