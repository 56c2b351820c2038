import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Page, root } from '../markdownFiles.ts';
import { modulesOf } from './modulesOf.ts';

/**
 * Inside the repository, so that packages are found; ignored by git, formatter, linter and the repository's own types. The same each
 * time: the compiler then looks only at what has changed since.
 */
const FOLDER = join(import.meta.dirname, '..', '.build', 'blocks');

const OPTIONS = {
  extends: join(root, 'tsconfig.json'),
  // An example may name what it does not use: it ends where the reader knows enough.
  compilerOptions: {
    noUnusedLocals: false,
    noUnusedParameters: false,
    tsBuildInfoFile: join(root, 'node_modules', '.cache', 'docs.tsbuildinfo'),
  },
  include: ['**/*.ts', join(root, 'infra/**/*.d.ts')],
  exclude: ['**/node_modules'],
};

/** Compiles all blocks of TypeScript of these pages in one go. Gives what is wrong with them, by page and line. */
export function compileBlocks(pages: readonly Page[]): string[] {
  rmSync(FOLDER, { recursive: true, force: true });
  try {
    mkdirSync(FOLDER, { recursive: true });
    for (const page of pages) writeModules(page, FOLDER);
    writeFileSync(join(FOLDER, 'tsconfig.json'), JSON.stringify(OPTIONS));
    return problemsIn(FOLDER);
  } finally {
    rmSync(FOLDER, { recursive: true });
  }
}

function writeModules(page: Page, folder: string): void {
  const modules = modulesOf(page);
  for (const { path, text } of modules) {
    const file = join(folder, page.file, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const workers = modules.flatMap(({ path }) => /^workers\/([\w-]+)\//.exec(path)?.[1] ?? []);
  for (const worker of new Set(workers)) linkWorker(join(folder, page.file), worker);
}

/** Lets the page's other blocks import a worker by its package, as everybody does: `@taskfleet/worker-reports/contract`. */
function linkWorker(folder: string, worker: string): void {
  const name = `@taskfleet/worker-${worker}`;
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(folder, 'workers', worker), link, 'junction');
  const manifest = { name, type: 'module', exports: { './*': './*.ts' } };
  writeFileSync(join(link, 'package.json'), JSON.stringify(manifest));
}

function problemsIn(folder: string): string[] {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [compiler, '--project', '.', '--pretty', 'false'],
    { cwd: folder, encoding: 'utf8' },
  );
  const told = stdout.replaceAll(/^(\S+?\.md)\/\S+?\((\d+),\d+\)/gm, '$1:$2').trim();
  if (status === 0) return [];
  return told === '' ? [`the compiler said nothing but: ${stderr}`] : told.split('\n');
}
