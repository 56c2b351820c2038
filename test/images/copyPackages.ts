import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});
const manifest = z.looseObject({ dependencies: names, optionalDependencies: names });

const installed = join(import.meta.dirname, '..', '..', 'node_modules');

/**
 * Copies packages into a folder, with all that they need in turn: what `npm install` would fetch, without a registry. Default: those that the
 * folder's `package.json` asks for.
 */
export function copyPackages(
  folder: string,
  packages: readonly string[] = Object.keys(dependenciesIn(folder)),
): void {
  const wanted = [...packages];
  // The list grows while it is walked.
  for (const name of wanted) {
    const [from, to] = [join(installed, name), join(folder, 'node_modules', name)];
    // Binaries of other systems are not installed.
    if (existsSync(to) || !existsSync(from)) continue;
    mkdirSync(dirname(to), { recursive: true });
    cpSync(from, to, { recursive: true });
    wanted.push(...Object.keys(dependenciesIn(from)));
  }
}

function dependenciesIn(folder: string): Readonly<Record<string, string>> {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { dependencies, optionalDependencies } = manifest.parse(JSON.parse(text));
  return { ...optionalDependencies, ...dependencies };
}
