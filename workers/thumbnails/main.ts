import { runWorker } from '@taskfleet/toolbox/runtime';
import { tuneSharp } from './images/tuneSharp.ts';
import { thumbnails } from './implementation.ts';

tuneSharp();
await runWorker(thumbnails);
