import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { transform } from 'esbuild';

export interface Asset {
  readonly type: string;
  readonly body: string;
}

const folder = join(import.meta.dirname, 'browser');

/**
 * What browsers load, by name: nothing that is not in this list can be asked for. Modules lose their types and stay what they are
 * otherwise, under their own names.
 */
export async function readAssets(): Promise<ReadonlyMap<string, Asset>> {
  const names = await readdir(folder);
  const found = await Promise.all(
    names.map(async (name) => [name, await readAsset(name)] as const),
  );
  return new Map(found.flatMap(([name, asset]) => (asset ? [[name, asset]] : [])));
}

async function readAsset(name: string): Promise<Asset | undefined> {
  const text = async () => readFile(join(folder, name), 'utf8');
  switch (extname(name)) {
    case '.css':
      return { type: 'text/css; charset=utf-8', body: await text() };
    case '.svg':
      return { type: 'image/svg+xml', body: await text() };
    case '.ts': {
      const { code } = await transform(await text(), { loader: 'ts', target: 'es2024' });
      return { type: 'text/javascript; charset=utf-8', body: code };
    }
    default:
      return undefined;
  }
}
