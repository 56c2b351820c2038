import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The compiler rewrites these in JavaScript only. */
const SOURCE_SPECIFIER =
  /(?<before>\bfrom |\bimport\()(?<quote>['"])(?<path>\.[^'"]*)\.ts\k<quote>/g;

/**
 * Mends what the compiler leaves: declarations that import `.ts` files, which are not in the package, and source maps that say where on this
 * machine their sources are, which they contain.
 */
export function finishFiles(folder: string): void {
  change(folder, '**/*.d.ts', (text) =>
    text.replaceAll(SOURCE_SPECIFIER, '$<before>$<quote>$<path>.js$<quote>'),
  );
  change(folder, '**/*.js.map', (text) => {
    const map = JSON.parse(text) as { readonly sources: readonly string[] };
    return JSON.stringify({ ...map, sources: map.sources.map((source) => basename(source)) });
  });
}

function change(folder: string, pattern: string, by: (text: string) => string): void {
  for (const name of globSync(pattern, { cwd: folder })) {
    const file = join(folder, name);
    writeFileSync(file, by(readFileSync(file, 'utf8')));
  }
}
