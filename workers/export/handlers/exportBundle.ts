import type { ArtifactRef, Handler, ParsedInputOf, TaskContext } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import { exportWorker } from '../contract.ts';
import { isPacked } from '../bundle/isPacked.ts';
import { zip, type ZipEntry } from '../bundle/zip.ts';
import { partPath } from '../parts/partFolder.ts';

type Input = ParsedInputOf<typeof contract.exportBundle>;

/** How long a link can be used. */
const EXPIRES = '1h';

/** Zips what the parts have stored, from the bucket to the bucket, and then removes it. */
export const exportBundle: Handler<typeof contract.exportBundle> = async (input, context) => {
  const { folder, project, parts } = input;
  const { artifacts, log } = context;
  const format = parts.length > 1 ? 'all' : parts[0]?.part;
  const name = `${folder}/${project}-${format}.zip`;
  const ref: ArtifactRef = `artifact:${exportWorker.name}/${name}`;
  // It is stored whole or not at all: one that is there is that of an attempt whose end nobody heard of.
  if (!(await artifacts.find(ref))) {
    await artifacts.write(name, zip(entries(input, context)), 'application/zip');
  }
  for (const { part } of parts) await removeAll(folder, part, context);
  const stored = await artifacts.find(ref);
  log.info('export.bundled', { project, format, bytes: stored?.sizeBytes });
  const url = await artifacts.link(ref, { expires: EXPIRES, fileName: `${project}-${format}.zip` });
  return {
    links: [{ text: `${project}: ${parts.map(({ part }) => TEXTS[part]).join(', ')} (zip)`, url }],
  };
};

const TEXTS = { xls: 'workbook', shp: 'shapefiles', res: 'resources' } as const;

/** The files of all parts, as they are in the bucket; of several parts, each in a folder of its own. */
async function* entries({ folder, parts }: Input, context: TaskContext): AsyncGenerator<ZipEntry> {
  const { artifacts, progress } = context;
  const all = parts.reduce((sum, { files }) => sum + files, 0);
  let zipped = 0;
  for (const { part } of parts) {
    const prefix = prefixOf(folder, part);
    for await (const { ref } of artifacts.list(prefix)) {
      const inside = ref.slice(prefix.length);
      const name = parts.length > 1 ? `${part}/${inside}` : inside;
      yield { name, body: await artifacts.stream(ref), isPacked: isPacked(name) };
      zipped += 1;
      progress(Math.min(1, zipped / all), `${zipped.toLocaleString('en')} files zipped`);
    }
  }
}

async function removeAll(folder: string, part: string, { artifacts }: TaskContext): Promise<void> {
  let refs: ArtifactRef[] = [];
  for await (const { ref } of artifacts.list(prefixOf(folder, part))) {
    refs.push(ref);
    if (refs.length < 1_000) continue;
    await artifacts.remove(refs);
    refs = [];
  }
  if (refs.length > 0) await artifacts.remove(refs);
}

function prefixOf(folder: string, part: string): ArtifactRef {
  return `artifact:${exportWorker.name}/${partPath(folder, part)}`;
}
