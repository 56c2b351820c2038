import type { TaskContext } from '@taskfleet/toolbox/contract';
import { inspectLayer } from '../contract.ts';
import { type Place, readIndex } from '../index/storedIndex.ts';
import type { InspectedLayer } from '../order/resolveNeeds.ts';
import { CHILD_PATIENCE, reasonOf } from './children.ts';
import type { LayerList } from './readList.ts';

/** What was found of a layer of the list, and where it is. */
export type ListedLayer = InspectedLayer & { readonly place: Place };

interface Asked {
  readonly layers: LayerList;
  readonly branch: string;
}

/** Has every layer fetched and looked into, all at once. What is known of one that cannot be comes from its last index. */
export async function inspectAll(
  { layers, branch }: Asked,
  context: TaskContext,
): Promise<ListedLayer[]> {
  let done = 0;
  const inspectOne = async ({ name, url, subdir }: LayerList[number]): Promise<ListedLayer> => {
    const place = { url, branch, ...(subdir !== undefined && { subdir }) };
    const found = await inspect(name, place, context);
    done += 1;
    context.progress((0.2 * done) / layers.length, `looked at ${name}`);
    return Object.assign(found, { place });
  };
  return Promise.all(layers.map(inspectOne));
}

async function inspect(name: string, place: Place, context: TaskContext): Promise<InspectedLayer> {
  const handle = await context.schedule(inspectLayer, place, {
    idempotencyKey: `${context.idempotencyKey} inspect ${name}`,
    subject: `layer/${name}`,
    durable: true,
  });
  try {
    const found = await handle.result({ timeout: CHILD_PATIENCE });
    return { name, state: 'inspected', ...found };
  } catch (error) {
    const reason = reasonOf(error, context.signal);
    const index = await readIndex(context.artifacts, place);
    return { name, state: 'failed', reason, collections: index?.layer.collections ?? [] };
  }
}
