import { runWorker } from '@taskfleet/toolbox/runtime';
import { layersWith } from './implementation.ts';

await runWorker(layersWith({ environment: process.env }));
