import { runWorker } from '@taskfleet/toolbox/runtime';
import { words } from './implementation.ts';

await runWorker(words);
