import { createHash } from 'node:crypto';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type Artifacts,
  type ParsedInputOf,
} from '@taskfleet/toolbox/contract';
import type { updateLayer } from '../contract.ts';
import {
  INDEX_VERSION,
  LARGEST_INDEX_BYTES,
  type LayerContents,
  type LayerIndex,
} from './layerIndex.ts';

/** Where a layer is: what tasks are about. */
export type Place = ParsedInputOf<typeof updateLayer>;

/** The same for the same layer, and another for another branch of it. */
export function indexName({ url, branch, subdir = '' }: Place): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([url, branch, subdir]))
    .digest('hex');
  return `${digest.slice(0, 32)}/index.json`;
}

/** The index of before, or undefined where there is none that this version could go on from. */
export async function readIndex(
  artifacts: Artifacts,
  place: Place,
): Promise<LayerIndex | undefined> {
  try {
    const ref: ArtifactRef = `artifact:layers/${indexName(place)}`;
    const body = await artifacts.read(ref, { maximumBytes: 2 * LARGEST_INDEX_BYTES });
    // The worker's own file: nobody else can write there.
    const index = JSON.parse(Buffer.from(body).toString()) as LayerIndex;
    return index.version === INDEX_VERSION ? index : undefined;
  } catch (error) {
    if (error instanceof ArtifactNotFoundError) return undefined;
    throw error;
  }
}

/** Replaces the index, as a whole. */
export async function storeIndex(
  artifacts: Artifacts,
  place: Place,
  { revision, contents }: { readonly revision: string; readonly contents: LayerContents },
): Promise<ArtifactRef> {
  const { url, branch, subdir } = place;
  const where = { url, branch, ...(subdir !== undefined && { subdir }) };
  const index: LayerIndex = { version: INDEX_VERSION, ...where, revision, ...contents };
  const body = Buffer.from(JSON.stringify(index));
  return artifacts.write(indexName(place), body, 'application/json');
}
