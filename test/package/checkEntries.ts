import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ProjectShell } from './projectShell.ts';

const manifest = z.object({ name: z.string(), exports: z.record(z.string(), z.unknown()) });

/** The ways in which TypeScript finds a package's declarations: as Node does, from either kind of module, and as bundlers do. */
const RESOLUTIONS = [
  { module: 'node20', moduleResolution: 'node16' },
  { module: 'nodenext', moduleResolution: 'nodenext' },
  { module: 'preserve', moduleResolution: 'bundler' },
] as const;

/**
 * Loads every entry point of the installed package, by `import` and by `require`, and has them type-checked, declarations of all packages
 * included, in each resolution. Throws PackageError. Returns how many there are.
 */
export async function checkEntries(folder: string, shell: ProjectShell): Promise<number> {
  const text = readFileSync(join(folder, 'node_modules/@taskfleet/toolbox/package.json'), 'utf8');
  const { name, exports } = manifest.parse(JSON.parse(text));
  const entries = Object.keys(exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => name + entry.slice(1));
  const imports = entries.map((entry, index) => `import * as _${index} from '${entry}';\n`);
  const uses = entries.map((_entry, index) => `void _${index};\n`);
  for (const file of ['entries.mts', 'entries.cts']) {
    writeFileSync(join(folder, file), [...imports, ...uses].join(''));
  }
  for (const resolution of RESOLUTIONS) await checkTypes(folder, shell, resolution);
  await shell.node('--input-type=module', '--eval', imports.join(''));
  const requires = entries.map((entry) => `require('${entry}');\n`);
  await shell.node('--input-type=commonjs', '--eval', requires.join(''));
  return entries.length;
}

async function checkTypes(
  folder: string,
  shell: ProjectShell,
  resolution: (typeof RESOLUTIONS)[number],
): Promise<void> {
  const compilerOptions = {
    ...resolution,
    target: 'es2024',
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  };
  const config = join(folder, 'tsconfig.entries.json');
  const files = ['entries.mts', 'entries.cts'];
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  await shell.node('node_modules/typescript/bin/tsc', '--project', config);
}
