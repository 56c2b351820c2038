import { implement } from '@taskfleet/toolbox/contract';
import { layersWorker } from './contract.ts';
import { inspectLayerWith } from './handlers/inspectLayer.ts';
import { updateAllLayers } from './handlers/updateAllLayers.ts';
import { updateLayerWith } from './handlers/updateLayer.ts';
import { openWorld, type WorldOptions } from './handlers/world.ts';

/** The worker and its handlers; importing it starts nothing. */
export function layersWith(options: WorldOptions) {
  const world = openWorld(options);
  return implement(layersWorker, {
    'layers.update': updateLayerWith(world),
    'layers.inspect': inspectLayerWith(world),
    'layers.updateAll': updateAllLayers(world),
  });
}
