import { implement } from '@taskfleet/toolbox/contract';
import { layersWorker } from './contract.ts';
import { layersUpdate } from './handlers/layersUpdate.ts';
import { layersUpdateAll } from './handlers/layersUpdateAll.ts';

/** The worker and its handlers; importing it starts nothing. */
export const implementation = implement(layersWorker, {
  'layers.update': layersUpdate,
  'layers.updateAll': layersUpdateAll,
});
