import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientLinks, LINKED_SERVICES, type LinkedService } from '../faults/clientLinks.ts';
import type { LinkFault } from '../faults/linkFault.ts';
import type { LabProcess } from '../processes/labProcess.ts';
import { describeFault, type PlannedFault } from './plannedFault.ts';

export interface InjectOptions {
  readonly plan: readonly PlannedFault[];
  readonly processes: ReadonlyMap<string, LabProcess>;
  readonly links: ReadonlyMap<string, ClientLinks>;
  readonly restartEmulator: (emulator: 'queues' | 'table') => Promise<void>;
  readonly say: (line: string) => void;
  /** Aborts when no more of it is to begin. Default: never. */
  readonly signal?: AbortSignal;
}

/** Does what was planned, when it was planned. Resolves when all of it is over. */
export async function injectFaults(options: InjectOptions): Promise<void> {
  const startedAt = performance.now();
  const { plan, signal } = options;
  await Promise.all(
    plan.map(async (planned) => {
      const leftMs = Math.max(0, startedAt + planned.atMs - performance.now());
      await sleep(leftMs, undefined, { signal }).catch(() => undefined);
      if (!signal?.aborted) await inject(options, planned);
    }),
  );
}

async function inject(options: InjectOptions, planned: PlannedFault): Promise<void> {
  options.say(describeFault(planned));
  switch (planned.kind) {
    case 'restartEmulator':
      return options.restartEmulator(planned.emulator);
    case 'link':
      return suffer(options, planned, [planned.service]);
    case 'partition':
      return suffer(options, planned, LINKED_SERVICES);
    default:
      return strike(processOf(options, planned.process), planned);
  }
}

type Struck = Extract<PlannedFault, { kind: 'kill' | 'terminate' | 'suspend' }>;

async function strike(process: LabProcess, { kind, lastsMs }: Struck): Promise<void> {
  // A stop in order takes as long as it takes: what was planned for that time has missed its moment.
  if (process.isStruck) return;
  using _struck = process.strike();
  if (kind === 'suspend') {
    process.suspend();
    await sleep(lastsMs);
    process.resume();
    return;
  }
  await (kind === 'kill' ? process.kill() : process.terminate());
  await sleep(lastsMs);
  await process.start();
}

type OnLinks = Extract<PlannedFault, { fault: LinkFault }>;

async function suffer(
  { links }: InjectOptions,
  { process, fault, lastsMs }: OnLinks,
  services: readonly LinkedService[],
): Promise<void> {
  const own = links.get(process)?.links;
  const ends = services.map((service) => own?.[service].suffer(fault));
  await sleep(lastsMs);
  for (const end of ends) end?.();
}

function processOf({ processes }: InjectOptions, name: string): LabProcess {
  const process = processes.get(name);
  if (!process) throw new RangeError(`the lab has no process ${name}`);
  return process;
}
