import type { TaskContext } from '@taskfleet/toolbox/contract';
import { inspectLayer } from '../contract.ts';
import { readIndex } from '../index/storedIndex.ts';
import type { InspectedLayer } from '../order/resolveNeeds.ts';
import { CHILD_PATIENCE, reasonOf } from './children.ts';
import type { LayerList } from './readList.ts';

interface Asked {
  readonly layers: LayerList;
  readonly branch: string;
}

/** Has every layer fetched and looked into, all at once. What is known of one that cannot be comes from its last index. */
export async function inspectAll(
  { layers, branch }: Asked,
  context: TaskContext,
): Promise<InspectedLayer[]> {
  let done = 0;
  const inspectOne = async ({ name, url, subdir }: LayerList[number]) => {
    const place = { url, branch, ...(subdir !== undefined && { subdir }) };
    const key = `${context.idempotencyKey} inspect ${name}`;
    const handle = await context.schedule(inspectLayer, place, { idempotencyKey: key });
    try {
      const found = await handle.result({ timeout: CHILD_PATIENCE });
      return { name, state: 'inspected', ...found } as const;
    } catch (error) {
      const reason = reasonOf(error, context.signal);
      const index = await readIndex(context.artifacts, place);
      return {
        name,
        state: 'failed',
        reason,
        collections: index?.layer.collections ?? [],
      } as const;
    } finally {
      done += 1;
      context.progress((0.2 * done) / layers.length, `looked at ${name}`);
    }
  };
  return Promise.all(layers.map(inspectOne));
}
