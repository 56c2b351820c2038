import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const names = z.record(z.string(), z.string()).default({});
const manifest = z.looseObject({ dependencies: names, optionalDependencies: names });

const installed = join(import.meta.dirname, '..', '..', 'node_modules');

/** Copies what a bundle's `package.json` asks for, with all that it needs in turn: what `npm install` would fetch, without a registry. */
export function copyPackages(folder: string): void {
  const wanted = Object.keys(dependenciesIn(folder));
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
