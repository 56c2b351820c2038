import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { publint } from 'publint';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildToolbox } from '../../infra/package/buildToolbox.ts';
import type { publishedManifest } from '../../infra/package/manifest.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'taskfleet-built-'));

let files: ReadonlyMap<string, string>;
let manifest: ReturnType<typeof publishedManifest>;

beforeAll(() => {
  buildToolbox(folder);
  const names = globSync('**/*.*', { cwd: folder }).toSorted();
  files = new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  manifest = JSON.parse(files.get('package.json')!);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Imports of a module stand first; below, the scaffold has some in what it writes. Declarations have them anywhere, and no such text. */
function importsOf(name: string, text: string): string {
  const [head = ''] = text.split(/^(?:export )?(?:async |const |let |function |class )/m);
  return name.endsWith('.js') ? head : text;
}

/** What modules and declarations import, by the file that does. */
function imports(): [file: string, specifier: string][] {
  const pattern =
    /^(?:import|export) (?:[^'";=()]*? from )?['"](?<a>[^'"]+)['"]|\bimport\(['"](?<b>[^'"]+)['"]\)/gm;
  return [...files]
    .filter(([name]) => /\.(?:js|d\.ts)$/.test(name))
    .flatMap(([name, text]) => {
      const found = [...importsOf(name, text).matchAll(pattern)];
      return found.map(({ groups }) => [name, groups?.['a'] ?? groups?.['b'] ?? ''] as const);
    })
    .map(([name, specifier]) => [name, specifier]);
}

it('is what publint expects of a package', async () => {
  const { messages } = await publint({ pkgDir: folder, strict: true, pack: 'npm' });
  expect(messages).toEqual([]);
}, 60_000);

it('has JavaScript, declarations and source maps of sources, and nothing else', () => {
  const others = [...files.keys()].filter((name) => !/\.(?:js|js\.map|d\.ts)$/.test(name));
  expect(others).toEqual(['README.md', 'package.json']);
  const sources = [...files.keys()].filter((name) => name.endsWith('.js'));
  expect(sources.length).toBeGreaterThan(100);
  for (const name of sources) {
    const stem = name.replace(/\.js$/, '');
    expect(files.has(`${stem}.d.ts`), name).toBe(true);
    const { sources: of, sourcesContent } = JSON.parse(files.get(`${name}.map`)!);
    expect(of).toEqual([`${stem.split('/').at(-1)}.ts`]);
    expect(sourcesContent).toEqual([
      readFileSync(join(root, 'shared-toolbox', `${stem}.ts`), 'utf8'),
    ]);
  }
});

it('has nothing of tests, and no path of the machine that built it', () => {
  expect([...files.keys()].filter((name) => /\.test\.|serviceProgram/.test(name))).toEqual([]);
  const leaks = [...files].filter(([, text]) => text.includes(root) || text.includes(folder));
  expect(leaks.map(([name]) => name)).toEqual([]);
});

it('imports only files that it has', () => {
  const relative = imports().filter(([, specifier]) => specifier.startsWith('.'));
  expect(relative.length).toBeGreaterThan(500);
  const missing = relative.filter(
    ([name, specifier]) => !files.has(join(dirname(name), specifier)),
  );
  expect(missing).toEqual([]);
});

it('asks for the packages that it imports, and no others', () => {
  const bare = imports().filter(([, specifier]) => !/^\.|^node:/.test(specifier));
  const imported = new Set(bare.map(([, name]) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0]));
  const asked = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  expect([...imported].toSorted()).toEqual(
    asked.filter((name) => name !== '@types/node').toSorted(),
  );
});

it('is introduced by a README that names entry points which there are', () => {
  const named = files.get('README.md')!.matchAll(/@taskfleet\/toolbox(?<entry>\/[\w/]+)/g);
  const entries = [...named].map(({ groups }) => `.${groups?.['entry']}`);
  expect(entries.length).toBeGreaterThan(5);
  for (const entry of entries) expect(Object.keys(manifest.exports)).toContain(entry);
});
