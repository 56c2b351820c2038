import { type Handler, NonRetryableError, type TaskContext } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import { updateLayer } from '../contract.ts';
import { type LayerOrder, orderLayers } from '../order/orderLayers.ts';
import { resolveNeeds } from '../order/resolveNeeds.ts';
import { type LayerEnd, runInOrder } from '../order/runInOrder.ts';
import { CHILD_PATIENCE, reasonOf } from './children.ts';
import { inspectAll, type ListedLayer } from './inspectAll.ts';
import { readList } from './readList.ts';
import type { World } from './world.ts';

type UpdateAll = Handler<typeof contract.updateAllLayers>;

/**
 * Inspects all layers at once, orders them, and updates each as soon as all that it needs is done. It waits for tasks of its own worker;
 * scheduled with keys of its own, they are the same ones in a second attempt.
 */
export function updateAllLayers(world: World): UpdateAll {
  return async ({ branch, layers: given }, context) => {
    const layers = given ?? (await readList(context.artifacts, world.list));
    if (layers.length === 0) {
      context.log.info('layers.none', { list: world.list });
      return { layers: [], remarks: [`no layers are listed in ${world.list}`] };
    }
    const inspected = await inspectAll({ layers, branch }, context);
    const { nodes, remarks } = resolveNeeds(inspected);
    const order = orderLayers(nodes);
    if (!order.ok)
      throw new NonRetryableError(`layers need each other: ${order.error.join(' → ')}`);
    remarks.push(...order.value.dropped.map(remarkOn));
    for (const remark of remarks) context.log.warn('layers.remark', { remark });
    const byName = new Map(inspected.map((layer) => [layer.name, layer]));
    const ends = await runInOrder(order.value.layers, {
      update: async (name) => updateOne(byName.get(name), context),
      ended: (end, done) => tell(end, done / layers.length, context),
    });
    return { layers: ends, remarks };
  };
}

function remarkOn({ name, likes }: LayerOrder['dropped'][number]): string {
  return `${name} comes before ${likes}, which it recommends: each would have to be first`;
}

async function updateOne(
  layer: ListedLayer | undefined,
  context: TaskContext,
): Promise<Omit<LayerEnd, 'name'>> {
  if (layer?.state !== 'inspected') return { end: 'failed', reason: layer?.reason ?? 'not listed' };
  if (layer.isIndexed) return { end: 'unchanged' };
  const handle = await context.schedule(updateLayer, layer.place, {
    idempotencyKey: `${context.idempotencyKey} update ${layer.name}`,
    subject: `layer/${layer.name}`,
    durable: true,
  });
  try {
    await handle.result({ timeout: CHILD_PATIENCE });
    return { end: 'updated' };
  } catch (error) {
    return { end: 'failed', reason: reasonOf(error, context.signal) };
  }
}

function tell({ name, end, reason }: LayerEnd, fraction: number, { log, progress }: TaskContext) {
  const say = end === 'failed' || end === 'blocked' ? log.warn : log.info;
  say(`layers.${end}`, { layer: name, ...(reason !== undefined && { reason }) });
  progress(0.2 + 0.8 * fraction, `${name} ${end}`);
}
