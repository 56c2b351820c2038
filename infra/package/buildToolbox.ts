import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { finishFiles } from './finishFiles.ts';
import { publishedManifest, sourceManifest } from './manifest.ts';
import { runTool } from './runTool.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = join(root, 'shared-toolbox');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

/**
 * Writes the package into an empty folder, as npm is to pack it: a JavaScript file, its declarations and its source map for each source
 * file that an entry point reaches, in the same places, so that every path between them holds. Throws PackError.
 */
export function buildToolbox(folder: string): void {
  const text = readFileSync(join(sources, 'package.json'), 'utf8');
  const manifest = sourceManifest.parse(JSON.parse(text));
  compile(Object.values(manifest.exports), folder);
  finishFiles(folder);
  const published = publishedManifest(manifest);
  // Instead of the workspace's own, which the compiler puts there because a module imports it.
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(published, undefined, 2)}\n`);
  copyFileSync(join(sources, 'README.md'), join(folder, 'README.md'));
  const license = join(root, 'LICENSE');
  if (existsSync(license)) copyFileSync(license, join(folder, 'LICENSE'));
}

function compile(entries: readonly string[], folder: string): void {
  const scratch = mkdtempSync(join(tmpdir(), 'taskfleet-compile-'));
  try {
    const config = join(scratch, 'tsconfig.json');
    writeFileSync(config, JSON.stringify(compilerConfig(entries, folder)));
    runTool(process.execPath, [compiler, '--project', config], root);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** What Node makes of the sources when it runs them: types taken away and nothing else, so that the target is the newest. */
function compilerConfig(entries: readonly string[], folder: string) {
  return {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      target: 'esnext',
      rootDir: sources,
      outDir: folder,
      typeRoots: [join(root, 'node_modules', '@types')],
      noEmit: false,
      noEmitOnError: true,
      incremental: false,
      declaration: true,
      sourceMap: true,
      inlineSources: true,
      rewriteRelativeImportExtensions: true,
    },
    files: entries.map((entry) => join(sources, entry)),
    include: [],
  };
}
