import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { type ArtifactBucket, readArtifact } from '@taskfleet/toolbox/artifacts';
import {
  type ArtifactRef,
  isArtifactRef,
  type Json,
  type TaskRecord,
} from '@taskfleet/toolbox/contract';
import { readOutput } from '@taskfleet/toolbox/offload';
import type { Screen } from '../present/screen.ts';

export interface SaveOptions {
  readonly bucket: ArtifactBucket;
  readonly screen: Screen;
  readonly folder: string;
}

/** Copies the files that a task's output refers to out of the bucket, and lists them. */
export async function saveResults(
  { bucket, screen, folder }: SaveOptions,
  name: string,
  record: TaskRecord | undefined,
): Promise<void> {
  const output = record && (await readOutput(bucket, record));
  const saved = await Promise.all(
    references(output ?? null).map(async (ref) => {
      const path = join(folder, ref.slice('artifact:'.length));
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, await readArtifact(bucket, ref));
      return path;
    }),
  );
  const [first] = saved;
  if (first === undefined) return;
  const where = relative(process.cwd(), dirname(first));
  const files = saved.map((path) => basename(path)).join('  ');
  screen.line(screen.paint('dim', `    ${name.padEnd(24)} ${where}: ${files}`));
}

/** Every reference anywhere in a value. */
function references(value: Json): ArtifactRef[] {
  if (typeof value === 'string') return isArtifactRef(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(references);
}
