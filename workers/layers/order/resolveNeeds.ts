import type { Dependency } from '../parse/layerConf.ts';
import { fitsConstraint } from './fitsConstraint.ts';
import type { OrderedLayer } from './orderLayers.ts';

interface Offered {
  readonly name: string;
  readonly version?: string | undefined;
}

/** What was found of a layer. Of one that could not be fetched, collections as they were last known. */
export type InspectedLayer = { readonly name: string; readonly collections: readonly Offered[] } & (
  | { readonly state: 'failed'; readonly reason: string }
  | {
      readonly state: 'inspected';
      readonly isIndexed: boolean;
      readonly depends: readonly Wanted[];
      readonly recommends: readonly Wanted[];
    }
);

type Wanted = Pick<Dependency, 'name'> & { readonly constraint?: string | undefined };

interface Offer {
  readonly layer: string;
  readonly version: string | undefined;
}

/** Layers depend on collections: says which layers these are. A layer's own name in the list stands for a collection too. */
export function resolveNeeds(layers: readonly InspectedLayer[]): {
  readonly nodes: OrderedLayer[];
  readonly remarks: string[];
} {
  const offers = new Map<string, Offer>();
  for (const { name } of layers) offers.set(name, { layer: name, version: undefined });
  for (const { name, collections } of layers) {
    for (const { name: collection, version } of collections)
      offers.set(collection, { layer: name, version });
  }
  const remarks: string[] = [];
  const nodes = layers.map((layer) => {
    const { name } = layer;
    if (layer.state === 'failed') return { name, needs: [], likes: [] };
    for (const wanted of layer.depends) {
      const remark = remarkOn(wanted, offers.get(wanted.name));
      if (remark !== undefined) remarks.push(`${name} ${remark}`);
    }
    const others = (wanted: readonly Wanted[]) =>
      [...layersOffering(wanted, offers)].filter((other) => other !== name);
    return { name, needs: others(layer.depends), likes: others(layer.recommends) };
  });
  return { nodes, remarks };
}

function layersOffering(
  wanted: readonly Wanted[],
  offers: ReadonlyMap<string, Offer>,
): Set<string> {
  return new Set(wanted.flatMap(({ name }) => offers.get(name)?.layer ?? []));
}

function remarkOn({ name, constraint }: Wanted, offer: Offer | undefined): string | undefined {
  if (!offer) return `needs ${name}, which no listed layer is`;
  const { version } = offer;
  if (constraint === undefined || version === undefined) return undefined;
  return fitsConstraint(version, constraint)
    ? undefined
    : `needs ${name} (${constraint}), and ${offer.layer} has version ${version}`;
}
