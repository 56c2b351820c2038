import type { InputOf } from '@taskfleet/toolbox/contract';
import type { exportProject } from '../contract.ts';
import { type ExportOptions, exportWith } from '../implementation.ts';
import { network } from '../source/network.ts';
import { TOKEN } from './startHost.ts';

const noPause: ExportOptions['pause'] = async (_milliseconds, signal) => signal.throwIfAborted();

/** The worker as it is, but that pauses take no time. */
export function quickExports(options: Partial<ExportOptions> = {}) {
  return exportWith({ ...network, pause: noPause, sources: [], ...options });
}

type Input = InputOf<typeof exportProject>;

/** What the sample project is exported with. */
export function inputFor(source: string, format: Input['format'] = 'all'): Input {
  return { org: 'ilha', project: 'fields', format, source, token: TOKEN };
}
