import { runWorker } from '@taskfleet/toolbox/runtime';
import { implementation } from './implementation.ts';

await runWorker(implementation);
