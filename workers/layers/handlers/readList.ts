import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type Artifacts,
  NonRetryableError,
} from '@taskfleet/toolbox/contract';
import type { z } from 'zod';
import { layerList } from '../contract.ts';

/** The layers that somebody has stored as a list. None where nobody has. Throws NonRetryableError for what is no such list. */
export async function readList(
  artifacts: Artifacts,
  ref: ArtifactRef,
): Promise<z.output<typeof layerList>> {
  const body = await artifacts.read(ref, { maximumBytes: 1_000_000 }).catch((error: unknown) => {
    if (error instanceof ArtifactNotFoundError) return undefined;
    throw error;
  });
  if (!body) return [];
  const list = layerList.safeParse(jsonIn(Buffer.from(body).toString()));
  if (list.success) return list.data;
  const problems = list.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new NonRetryableError(
    `expected a list such as [{"name": "core", "url": "https://…"}] in ${ref}, got: ${problems.slice(0, 5).join('; ').trim()}`,
  );
}

/** Undefined for what is no JSON: no list either. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
