import { runWorker } from '@taskfleet/toolbox/runtime';
import { layersWorker } from './contract.ts';
import { layersWith } from './implementation.ts';

await runWorker(layersWorker, (settings) => layersWith({ ...settings, environment: process.env }));
