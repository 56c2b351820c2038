import { runWorker } from '@taskfleet/toolbox/runtime';
import { exportWorker } from './contract.ts';
import { exportWith } from './implementation.ts';
import { network } from './source/network.ts';

await runWorker(exportWorker, ({ sources }) => exportWith({ ...network, sources }));
