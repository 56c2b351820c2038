import type { OrderedLayer } from './orderLayers.ts';

/** What became of a layer. */
export interface LayerEnd {
  readonly name: string;
  readonly end: 'updated' | 'unchanged' | 'failed' | 'blocked';
  readonly reason?: string;
}

export interface RunOptions {
  /** Does the work for one layer. What it throws ends all. */
  readonly update: (name: string) => Promise<Omit<LayerEnd, 'name'>>;
  /** Called when a layer is done, with how many are. */
  readonly ended: (end: LayerEnd, done: number) => void;
}

/**
 * Updates each layer once all that it needs and likes is done; those that wait for nothing of each other at the same time. What needs a layer
 * that failed is blocked, and nothing else is. The layers come in an order, as `orderLayers` gives it. Resolves to their ends as they came.
 */
export async function runInOrder(
  layers: readonly OrderedLayer[],
  { update, ended }: RunOptions,
): Promise<LayerEnd[]> {
  const under = new Map<string, Promise<LayerEnd>>();
  const ends: LayerEnd[] = [];
  for (const layer of layers) {
    const before = (names: readonly string[]) =>
      Promise.all(names.flatMap((it) => under.get(it) ?? []));
    const needed = before(layer.needs);
    const liked = before(layer.likes);
    const run = async (): Promise<LayerEnd> => {
      const [needs] = await Promise.all([needed, liked]);
      const missing = needs.find(({ end }) => end === 'failed' || end === 'blocked');
      const how = missing
        ? ({ end: 'blocked', reason: `needs ${missing.name}` } as const)
        : await update(layer.name);
      const end = { name: layer.name, ...how };
      ended(end, ends.push(end));
      return end;
    };
    under.set(layer.name, run());
  }
  await Promise.all(under.values());
  return ends;
}
