import { defineFleet, periodic } from '@taskfleet/toolbox/contract';
import { thumbnailsWorker } from './thumbnails/contract.ts';
import { exportWorker } from './export/contract.ts';
import { emailWorker } from './email/contract.ts';
import { layersWorker, updateAllLayers } from './layers/contract.ts';

/** Every worker of the fleet. A new one is added here, and infra, platform and local mode know it. */
export const fleet = defineFleet([thumbnailsWorker, exportWorker, emailWorker, layersWorker], {
  periodic: [
    periodic('nightly-layers', {
      cron: '0 3 * * *',
      task: updateAllLayers,
      input: { branch: 'main' },
    }),
  ],
});
