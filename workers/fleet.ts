import { defineFleet } from '@taskfleet/toolbox/contract';
import { thumbnailsWorker } from './thumbnails/contract.ts';

/** Every worker of the fleet. A new one is added here, and infra, platform and local mode know it. */
export const fleet = defineFleet([thumbnailsWorker]);
