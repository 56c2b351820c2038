import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './markdownFiles.ts';

/** Neither blank nor a comment by itself. */
const CODE = /^\s*(?!\/\/|\/?\*|$)/;

/** Lines of code in the TypeScript files that a pattern finds and no other does. */
export function linesOfCode(pattern: string, without: readonly string[] = []): number {
  const left = new Set(without.flatMap((one) => globSync(one, { cwd: root })));
  return globSync(pattern, { cwd: root })
    .filter((file) => !left.has(file) && !file.includes('node_modules'))
    .map((file) => readFileSync(join(root, file), 'utf8').split('\n'))
    .reduce((sum, lines) => sum + lines.filter((line) => CODE.test(line)).length, 0);
}

/** To two digits, so that a page does not change with every line. */
export function roundly(lines: number): string {
  const step = lines < 100 ? 10 : 10 ** (String(lines).length - 2);
  return (Math.round(lines / step) * step).toLocaleString('en');
}
