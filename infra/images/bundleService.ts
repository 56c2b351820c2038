import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { z } from 'zod';

export interface BundleOptions {
  /** The program: `main.ts` of a service. */
  readonly entry: string;
  /** Where the bundle goes. Whatever was there is gone. */
  readonly folder: string;
  /** `image`: with the Dockerfile that installs what cannot be bundled. `function`: with it installed, for Lambda's Linux. Default `image`. */
  readonly target?: 'image' | 'function';
}

/** What a service's `package.json` says of itself. */
const manifest = z.looseObject({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  taskfleet: z
    .strictObject({
      unbundled: z.array(z.string()).default([]),
      prepare: z.string().optional(),
      files: z.array(z.string()).default([]),
    })
    .default({ unbundled: [], files: [] }),
});

/** A bundle of CommonJS packages into an ES module needs these. */
const BANNER = [
  "import { createRequire as __createRequire } from 'node:module';",
  'const require = __createRequire(import.meta.url);',
].join(' ');

/**
 * Bundles a service into a folder that an image can be built from: `main.js`, its source map, the files that it reads, a `package.json` with the packages that
 * cannot be bundled, and the Dockerfile. These, such as ones with native code, are named by the service's own `package.json` under
 * `taskfleet.unbundled`, and keep the exact versions that it asks for. What it reads at run time is named under `taskfleet.files`, and made
 * by the program under `taskfleet.prepare`.
 */
export function bundleService({ entry, folder, target = 'image' }: BundleOptions): void {
  const home = dirname(entry);
  const { name, dependencies, taskfleet } = manifest.parse(
    JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')),
  );
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [entry],
    outfile: join(folder, 'main.js'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    sourcemap: true,
    banner: { js: BANNER },
    external: taskfleet.unbundled,
    logLevel: 'error',
  });
  if (taskfleet.prepare !== undefined) runProgram(join(home, taskfleet.prepare));
  for (const file of taskfleet.files) {
    cpSync(join(home, file), join(folder, file), { recursive: true });
  }
  const packages = Object.fromEntries(
    taskfleet.unbundled.map((packageName) => [packageName, dependencies[packageName]]),
  );
  const own = { name, private: true, type: 'module', dependencies: packages };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(own, undefined, 2)}\n`);
  if (target === 'image') copyFileSync(DOCKERFILE, join(folder, 'Dockerfile'));
  else if (taskfleet.unbundled.length > 0) installForLambda(folder);
}

const DOCKERFILE = fileURLToPath(new URL('./Dockerfile', import.meta.url));

/** Throws with what it said. */
function runProgram(program: string): void {
  execFileSync(process.execPath, [program], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Packages with native code in the form that Lambda's Linux takes, whatever this machine is. Throws with what npm said. */
function installForLambda(folder: string): void {
  const args = ['install', '--omit=dev', '--no-audit', '--no-fund', '--no-package-lock'];
  const platform = ['--os=linux', '--cpu=x64', '--libc=glibc', '--ignore-scripts'];
  execFileSync('npm', [...args, ...platform], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
