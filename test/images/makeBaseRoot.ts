import { copyFileSync, cpSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { runTool } from './runTool.ts';

const FOLDERS = [
  'app',
  'dev',
  'etc',
  'home/node',
  'proc',
  'root',
  'sys',
  'tmp',
  'usr/local/bin',
  'usr/bin',
  'bin',
];

/** Loaded by name, by packages with native code: every image with this C library has them. */
const LOADED_BY_NAME = ['libresolv.so.2', 'librt.so.1', 'libnss_files.so.2', 'libnss_dns.so.2'];

/**
 * Lays out the root of an image that stands for `node:24-slim` where no image registry is: the Node that runs this, npm, a shell, and
 * the libraries that they need, all of this machine; and the user `node` with its id.
 */
export async function makeBaseRoot(root: string, npm: string): Promise<void> {
  for (const folder of FOLDERS) mkdirSync(join(root, folder), { recursive: true });
  // Like everybody's: whoever may write there keeps others from deleting it.
  await runTool('chmod', ['1777', join(root, 'tmp')]);
  const programs = {
    [process.execPath]: '/usr/local/bin/node',
    '/bin/sh': '/bin/sh',
    '/usr/bin/env': '/usr/bin/env',
  };
  for (const [program, path] of Object.entries(programs)) copy(program, join(root, path));
  for (const library of await librariesOf(Object.keys(programs)))
    copy(library, join(root, library));
  const npmFolder = dirname(dirname(realpathSync(npm)));
  cpSync(npmFolder, join(root, 'usr/local/lib/node_modules/npm'), { recursive: true });
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'));
  const users = ['root:x:0:0::/root:/bin/sh', 'node:x:1000:1000::/home/node:/bin/sh'];
  writeFileSync(join(root, 'etc/passwd'), `${users.join('\n')}\n`);
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnode:x:1000:\n');
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** By the paths under which the loader looks for them. */
async function librariesOf(programs: readonly string[]): Promise<ReadonlySet<string>> {
  const listed = await runTool('ldd', programs);
  const libraries = listed.match(/(?<=\s)\/[^\s:]+\.so[^\s:]*/g) ?? [];
  const libc = libraries.find((path) => path.endsWith('/libc.so.6')) ?? '';
  return new Set([...libraries, ...LOADED_BY_NAME.map((name) => join(dirname(libc), name))]);
}
