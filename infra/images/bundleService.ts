import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DefinitionError } from '@taskfleet/toolbox/contract';
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

/** No option of apt-get, and nothing that a shell would read (debian.org/doc/debian-policy/ch-controlfields.html, Package). */
const debianPackage = z
  .string()
  .regex(/^[a-z0-9][a-z0-9+.-]+$/, 'expected the name of a Debian package, such as git');

/** What a service's `package.json` says of itself. */
const manifest = z.looseObject({
  name: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  taskfleet: z
    .strictObject({
      unbundled: z.array(z.string()).default([]),
      prepare: z.string().optional(),
      files: z.array(z.string()).default([]),
      packages: z.array(debianPackage).default([]),
    })
    .default({ unbundled: [], files: [], packages: [] }),
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
 * by the program under `taskfleet.prepare`. Programs that it starts come with Debian packages, named under `taskfleet.packages`.
 * Throws DefinitionError for what the file should not say, and for a function that needs such programs.
 */
export function bundleService({ entry, folder, target = 'image' }: BundleOptions): void {
  const home = dirname(entry);
  const { name, dependencies, taskfleet } = readManifest(join(home, 'package.json'));
  if (target === 'function' && taskfleet.packages.length > 0) {
    const problem = `taskfleet.packages: Lambda has no place for ${taskfleet.packages.join(', ')}`;
    throw new DefinitionError(name, [`${problem}; run it with fargate()`]);
  }
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
  if (target === 'image') writeForDocker(folder, taskfleet.packages);
  else if (taskfleet.unbundled.length > 0) installForLambda(folder);
}

/** Throws DefinitionError for what says something else than expected. */
function readManifest(file: string): z.output<typeof manifest> {
  const read = manifest.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new DefinitionError(file, problems);
}

const DOCKERFILE = fileURLToPath(new URL('./Dockerfile', import.meta.url));

function writeForDocker(folder: string, packages: readonly string[]): void {
  copyFileSync(DOCKERFILE, join(folder, 'Dockerfile'));
  writeFileSync(join(folder, 'packages.txt'), packages.map((name) => `${name}\n`).join(''));
}

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
