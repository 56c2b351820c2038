import type { Page } from '../markdownFiles.ts';

/**
 * A piece of code on a page. How pages say what belongs together:
 *
 * - A block of TypeScript is a module of its own, and `<!-- continues -->` before it joins it to the block before.
 * - A first line such as `// workers/reports/contract.ts` makes it that file; other blocks of the page import it by that path, or by its worker's
 *   package, `@taskfleet/worker-reports/contract`.
 * - What readers need not see, such as an import or a `declare const`, stands before the block in a comment that begins with the line
 *   `<!-- ts`. With a file's name as its first line it is a file that the page's blocks can import.
 * - `text` is the language of a block that nothing checks.
 */
export interface Block {
  readonly language: string;
  readonly code: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
  readonly isHidden: boolean;
  readonly continues: boolean;
}

const FENCE = /^(?<indent> *)```(?<language>[\w-]*)\n(?<code>.*?)^\k<indent>```$/.source;
const HIDDEN = /^<!-- ts\n(?<hidden>.*?)^-->$/.source;
const BLOCK = new RegExp(`(?<continues>^<!-- continues -->\\n\\s*)?(?:${FENCE}|${HIDDEN})`, 'gms');

/** The blocks of a page, in order. */
export function blocksOf({ text }: Page): Block[] {
  return [...text.matchAll(BLOCK)].map(({ 0: all, index, groups = {} }) => {
    const { continues, language = 'ts', code, hidden } = groups;
    const source = code ?? hidden ?? '';
    const before = text.slice(0, index) + all.slice(0, all.lastIndexOf(source));
    return {
      language,
      code: source,
      line: before.split('\n').length,
      isHidden: hidden !== undefined,
      continues: continues !== undefined,
    };
  });
}

/** The page without its blocks, line for line: what is left is prose. */
export function proseOf({ text }: Page): string {
  return text.replaceAll(BLOCK, (all) => all.replaceAll(/[^\n]/g, ''));
}

/** Code that no check would find: fences that do not end, and blocks that are indented instead of fenced. By lines. */
export function strayCode(page: Page): string[] {
  const lines = proseOf(page).split('\n');
  return lines.flatMap((line, at) => {
    const where = `${page.file}:${at + 1}`;
    if (/^\s*(?:```|~~~)/.test(line))
      return [`${where}: expected a fence with a language, and its end`];
    const isIndented = /^ {4}\S/.test(line) && lines[at - 1] === '';
    return isIndented ? [`${where}: expected code in a fence, got an indented block`] : [];
  });
}
