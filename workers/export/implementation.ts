import { implement } from '@taskfleet/toolbox/contract';
import { exportWorker } from './contract.ts';
import { exportProject } from './handlers/exportProject.ts';
import { exportPart } from './handlers/exportPart.ts';

/** The worker and its handlers; importing it starts nothing. */
export const implementation = implement(exportWorker, {
  'export.project': exportProject,
  'export.part': exportPart,
});
