import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type Artifacts,
  NonRetryableError,
} from '@taskfleet/toolbox/contract';
import type { z } from 'zod';
import { layerList } from '../contract.ts';

export type LayerList = z.output<typeof layerList>;

/** The layers that somebody has stored as a list. None where nobody has. Throws NonRetryableError for what is no such list. */
export async function readList(artifacts: Artifacts, ref: ArtifactRef): Promise<LayerList> {
  try {
    const body = await artifacts.read(ref, { maximumBytes: 1_000_000 });
    return parseList(Buffer.from(body).toString(), ref);
  } catch (error) {
    if (error instanceof ArtifactNotFoundError) return [];
    throw error;
  }
}

function parseList(text: string, ref: ArtifactRef): LayerList {
  const list = layerList.safeParse(jsonIn(text, ref));
  if (list.success) return list.data;
  const problems = list.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw refusal(ref, problems.slice(0, 5).join('; ').trim());
}

function jsonIn(text: string, ref: ArtifactRef): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(ref, 'no JSON');
  }
}

function refusal(ref: ArtifactRef, got: string): NonRetryableError {
  const form = '[{"name": "core", "url": "https://…"}]';
  return new NonRetryableError(`expected a list such as ${form} in ${ref}, got: ${got}`);
}
