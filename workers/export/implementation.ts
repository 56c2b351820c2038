import { implement } from '@taskfleet/toolbox/contract';
import { exportWorker } from './contract.ts';
import { exportBundle } from './handlers/exportBundle.ts';
import { exportPart } from './handlers/exportPart.ts';
import { exportProject } from './handlers/exportProject.ts';
import { AllowedOrigins } from './source/allowedOrigins.ts';
import type { Network } from './source/request.ts';

export interface ExportOptions extends Network {
  /** Origins that may be read, such as `https://land.example.org`. None: those of this machine, and no others. */
  readonly sources: readonly string[];
}

/** The worker and its handlers, which reach hosts through these; calling it starts nothing. */
export function exportWith({ sources, ...network }: ExportOptions) {
  const origins = new AllowedOrigins(sources);
  return implement(exportWorker, {
    'export.project': exportProject(origins),
    'export.part': exportPart({ ...network, origins }),
    'export.bundle': exportBundle,
  });
}
