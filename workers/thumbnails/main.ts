import { runWorker } from '@taskfleet/toolbox/runtime';
import { thumbnailsWorker } from './contract.ts';
import { tuneSharp } from './images/tuneSharp.ts';
import { thumbnailsWith } from './implementation.ts';

tuneSharp();
await runWorker(thumbnailsWorker, ({ sizes }) => thumbnailsWith(sizes));
