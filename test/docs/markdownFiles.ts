import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

/** Pages that promise nothing of today's code: why something was decided, and what has changed since. */
const HISTORY = /^docs\/(?:decisions\/|changelog\.md$)/;

/** A page of documentation. */
export interface Page {
  /** From the root of the repository, such as `docs/calling.md`. */
  readonly file: string;
  readonly text: string;
}

/** The README and all pages of docs/ that say how something is, in order of their names. */
export function markdownPages(): Page[] {
  const files = globSync('docs/**/*.md', { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  return ['README.md', ...files.toSorted()].filter((file) => !HISTORY.test(file)).map(readPage);
}

export function readPage(file: string): Page {
  return { file, text: readFileSync(join(root, file), 'utf8') };
}
