import type { Check } from '@taskfleet/toolbox/conformance/stage';
import {
  type Duration,
  nearestName,
  toMilliseconds,
  type Worker,
} from '@taskfleet/toolbox/contract';
import { judgeTracking, type PingAccess, pingWorker } from '../../doctor/index.ts';
import { UnknownServiceError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import type { FleetAccess } from '../../access/index.ts';
import { fitWidth } from '../render/plainText.ts';
import { ProgressLine } from '../render/progressLine.ts';
import { renderChecks } from '../render/renderChecks.ts';
import { writeJson, writeLine } from '../render/write.ts';
import { untilInterrupted } from '../untilInterrupted.ts';

export interface DoctorArgs {
  /** Commander's form of `--no-ping`. */
  readonly ping: boolean;
  readonly timeout: string;
  readonly worker?: string;
  readonly json?: boolean;
}

/** Compares what is deployed with the contracts, and sends every worker its ping. Changes nothing. */
export async function runDoctor(deps: CliDeps, args: DoctorArgs): Promise<ExitCode> {
  const only = workerNamed(deps, args.worker);
  // The text may be anything: toMilliseconds throws for what is no duration.
  const timeoutMs = toMilliseconds(args.timeout as Duration);
  const access = await deps.openFleet();
  const line = new ProgressLine(deps.stderr);
  const tell = (text: string) => line.draw((columns) => fitWidth(text, columns));
  const checks = await untilInterrupted(deps.signals, async (signal) => {
    try {
      return await diagnose({ deps, access, only, ping: args.ping, timeoutMs, signal, tell });
    } finally {
      line.erase();
    }
  });
  if (checks === 'interrupted') return EXIT.interrupted;
  const isWell = checks.every(({ verdict }) => verdict !== 'error');
  const { stage } = access.place;
  if (args.json) writeJson(deps.stdout, { stage, ok: isWell, checks });
  else writeLine(deps.stdout, renderChecks(deps.stdout, checks));
  return isWell ? EXIT.ok : EXIT.unwell;
}

function workerNamed({ fleet }: CliDeps, name: string | undefined): Worker | undefined {
  if (name === undefined) return undefined;
  const found = fleet.workers.find((worker) => worker.name === name);
  if (found) return found;
  const known = fleet.workers.map((worker) => worker.name);
  throw new UnknownServiceError(name, nearestName(name, known), known);
}

interface Diagnosis {
  readonly deps: CliDeps;
  readonly access: FleetAccess;
  readonly only: Worker | undefined;
  readonly ping: boolean;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Says on a terminal how far it is. */
  readonly tell: (text: string) => void;
}

async function diagnose(diagnosis: Diagnosis): Promise<Check[]> {
  const { deps, access, only, ping, signal, tell } = diagnosis;
  const { workers } = deps.fleet;
  tell(`looking at the stage ${access.place.stage}`);
  const found = await access.examine(workers, only);
  signal.throwIfAborted();
  return ping ? [...found, ...(await pingAll(diagnosis, only ? [only] : workers))] : found;
}

/** All at the same time, so that the slowest alone is waited for. */
async function pingAll(diagnosis: Diagnosis, workers: readonly Worker[]): Promise<Check[]> {
  const { deps, access, timeoutMs, signal, tell } = diagnosis;
  const { place } = access;
  const ways: PingAccess = {
    ...access,
    read: async (id) => access.reader.get(id),
  };
  let done = 0;
  const say = () => tell(`pinging workers: ${done} of ${workers.length} done`);
  say();
  const pinged = await Promise.all(
    workers.map(async (worker) => {
      const one = await pingWorker({
        access: ways,
        worker,
        place,
        clock: deps.clock,
        timeoutMs,
        signal,
      });
      done += 1;
      say();
      return one;
    }),
  );
  return [...pinged.flatMap(({ checks }) => checks), ...judgeTracking(pinged, place)];
}
