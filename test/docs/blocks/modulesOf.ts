import type { Page } from '../markdownFiles.ts';
import { type Block, blocksOf } from './blocksOf.ts';

/** A file of TypeScript that a page describes. Its lines have the numbers that they have on the page. */
export interface Module {
  readonly path: string;
  readonly text: string;
}

/** What a page's blocks of TypeScript make together. Throws where two are the same file, or one continues nothing. */
export function modulesOf(page: Page): Module[] {
  const modules = new Map<string, Block[]>();
  let shown: Block[] | undefined;
  for (const part of partsOf(page)) {
    const where = `${page.file}:${part.line}`;
    if (part.continues) {
      if (!shown) throw new Error(`${where}: there is no block that it could continue`);
      shown.push(...part.blocks);
      continue;
    }
    if (modules.has(part.path)) throw new Error(`${where}: ${part.path} is on the page twice`);
    const blocks = [...part.blocks];
    modules.set(part.path, blocks);
    if (!part.isHidden) shown = blocks;
  }
  return [...modules].map(([path, blocks]) => ({ path, text: atTheirLines(blocks) }));
}

/** A block with the hidden ones before it that it needs. */
interface Part extends Pick<Block, 'line' | 'isHidden' | 'continues'> {
  readonly path: string;
  readonly blocks: readonly Block[];
}

const NAMED = /^\/\/ (?<file>[\w./-]+\.ts)\b/;

function partsOf(page: Page): Part[] {
  const parts: Part[] = [];
  let waiting: Block[] = [];
  for (const block of blocksOf(page).filter(({ language }) => language === 'ts')) {
    const file = NAMED.exec(block.code)?.groups?.['file'];
    waiting.push(block);
    if (block.isHidden && file === undefined) continue;
    parts.push({ ...block, path: file ?? `line-${block.line}.ts`, blocks: waiting });
    waiting = [];
  }
  return parts;
}

function atTheirLines(blocks: readonly Block[]): string {
  const lines: string[] = [];
  for (const { code, line } of blocks) {
    for (const [at, text] of code.split('\n').entries()) lines[line - 1 + at] = text;
  }
  return Array.from(lines, (line) => line ?? '').join('\n');
}
