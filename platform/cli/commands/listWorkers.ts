import type { Fleet } from '@taskfleet/toolbox/contract';
import { findWorker, type WorkerProcess } from '../../signals/index.ts';
import type { CliDeps, Output } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { age } from '../render/age.ts';
import { paint } from '../render/paint.ts';
import { megabytes, paintProcess, processState } from '../render/processText.ts';
import { type Cell, renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface WorkersArgs {
  readonly worker?: string;
  readonly json?: boolean;
}

/** Lists workers' processes. Throws UnknownServiceError. */
export async function listWorkers(
  { fleet, stdout, clock, openFleet }: CliDeps,
  { worker, json }: WorkersArgs,
): Promise<ExitCode> {
  if (worker !== undefined) findWorker(fleet, worker);
  const { workers } = await openFleet();
  const processes = await workers.list(worker);
  if (json) writeJson(stdout, { processes });
  else {
    const rows = processes.map((process) => rowOf(stdout, process, clock.now()));
    writeLine(stdout, rows.length === 0 ? 'no processes' : renderTable(HEADING, rows));
    for (const name of onLambda(fleet, worker)) {
      writeLine(stdout, paint(stdout, 'dim', `${name} runs on Lambda, where it has no processes`));
    }
  }
  return EXIT.ok;
}

const HEADING = [
  'WORKER',
  'PROCESS',
  'HOST',
  'STATE',
  'RUNNING',
  'PROCESSED',
  'FAILED',
  'MEMORY',
  'LAG',
  'VERSION',
  'SEEN',
] as const;

function rowOf(stdout: Output, process: WorkerProcess, now: number): readonly Cell[] {
  const { worker, id, host, running, concurrency, processed, failed } = process;
  return [
    { text: worker },
    { text: id },
    { text: host },
    {
      text: processState(process),
      paint: (text) => paintProcess(stdout, process, text),
    },
    { text: `${running}/${concurrency}` },
    { text: String(processed) },
    { text: String(failed) },
    { text: megabytes(process.rssBytes) },
    { text: `${process.lagMs} ms` },
    { text: process.toolbox },
    { text: age(process.beatAt, now) },
  ];
}

function onLambda({ workers }: Fleet, worker: string | undefined): string[] {
  return workers
    .filter(({ name }) => worker === undefined || name === worker)
    .filter(({ compute }) => compute.kind === 'lambda')
    .map(({ name }) => name);
}
