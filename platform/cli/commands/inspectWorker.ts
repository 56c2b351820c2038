import { isProcessId, workerOfProcess } from '@taskfleet/toolbox/contract';
import { findWorker } from '../../signals/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { renderProcess } from '../render/renderProcess.ts';
import { renderWanted } from '../render/renderWanted.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface InspectArgs {
  readonly name: string;
  readonly json?: boolean;
}

/**
 * Says what a process, or every process of a worker, does at the moment, and what it is told. Throws UnknownProcessError, and
 * UnknownServiceError for what is neither.
 */
export async function inspectWorker(
  { fleet, stdout, clock, openFleet }: CliDeps,
  { name, json }: InspectArgs,
): Promise<ExitCode> {
  const isOne = isProcessId(name);
  const worker = isOne ? workerOfProcess(name) : findWorker(fleet, name).name;
  const { workers } = await openFleet();
  const processes = isOne ? [await workers.get(name)] : await workers.list(worker);
  const { wanted = {}, processes: single = {}, limits = {} } = await workers.wanted(worker);
  if (json) {
    writeJson(stdout, { worker, wanted: { all: wanted, processes: single, limits }, processes });
    return EXIT.ok;
  }
  const now = clock.now();
  const blocks = [
    ...renderWanted({ wanted, processes: single, limits }, now),
    ...(processes.length === 0 ? [`${worker} has no processes`] : []),
    ...processes.map((process) => renderProcess(stdout, process, now)),
  ];
  writeLine(stdout, blocks.join('\n\n'));
  return EXIT.ok;
}
