import type { Handler } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import { fetchBranch } from '../git/fetchBranch.ts';
import { withTree } from '../git/openTree.ts';
import { readIndex } from '../index/storedIndex.ts';
import { readLayerConf } from '../parse/layerConf.ts';
import { requireLayer } from './requireLayer.ts';
import type { World } from './world.ts';

/** Fetches a layer, and reads no more of it than what it is and needs. */
export function inspectLayerWith(world: World): Handler<typeof contract.inspectLayer> {
  return async (place, { signal, log, artifacts }) => {
    await world.checkAddress(place.url);
    return world.clones.use(place.url, signal, async (clone) => {
      const revision = await fetchBranch(clone, place.branch);
      log.info('layers.fetched', { ...place, revision });
      const tree = { revision, subdir: place.subdir };
      const collections = await withTree(clone, tree, async (files) => {
        requireLayer(files, place);
        return (await readLayerConf(files)).collections;
      });
      const index = await readIndex(artifacts, place);
      return {
        revision,
        isIndexed: index?.revision === revision,
        collections: collections.map(({ name, version }) => ({ name, version })),
        depends: collections.flatMap(({ depends }) => depends),
        recommends: collections.flatMap(({ recommends }) => recommends),
      };
    });
  };
}
