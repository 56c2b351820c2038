import { LINKED_SERVICES } from '../faults/clientLinks.ts';
import { LINK_FAULTS, type LinkFault, type LinkFaultKind } from '../faults/linkFault.ts';
import { LEASE_SECONDS } from '../fleet/labFleet.ts';
import { type SeededRandom, seededRandom } from '../seededRandom.ts';
import type { PlannedFault } from './plannedFault.ts';

export interface PlanOptions {
  readonly seed: string;
  readonly durationMs: number;
  readonly workers: readonly string[];
  /** Replicas. What strikes the platform strikes one of them. */
  readonly platforms: readonly string[];
}

type Drawn = PlannedFault extends infer P ? (P extends unknown ? Omit<P, 'atMs'> : never) : never;

const LEASE_MS = LEASE_SECONDS * 1_000;

const PLATFORM = 'platform';

/** How long a leader that says nothing stays one. */
const LEAD_MS = 15_000;

/** The platform holds its messages for half a minute: a run shorter than this spares it what would cost that time. */
const LONG_RUN_MS = 60_000;

/** Everything that will go wrong, and when, from the seed alone. The same process is not struck twice at once. */
export function planFaults(options: PlanOptions): PlannedFault[] {
  const { seed, durationMs, workers } = options;
  const random = seededRandom(seed, 'plan');
  const plan: PlannedFault[] = [];
  const busyUntil = new Map<string, number>();
  for (let atMs = 800; atMs < durationMs - 1_000; atMs += random.between(500, 2_200)) {
    const drawn = drawFault(random, workers, durationMs >= LONG_RUN_MS);
    const whom = targetOf(drawn);
    if (atMs < (busyUntil.get(whom) ?? 0)) continue;
    const lastsMs = Math.round(lastingMs(drawn, durationMs - atMs));
    busyUntil.set(whom, atMs + lastsMs + 500);
    plan.push({ ...drawn, lastsMs, atMs: Math.round(atMs) });
  }
  return [...ofReplicas(options, plan), ...suspensions(options)].toSorted(
    (a, b) => a.atMs - b.atMs,
  );
}

/** Drawn apart, so that a seed has the same faults with any number of replicas. */
function ofReplicas({ seed, platforms }: PlanOptions, plan: readonly PlannedFault[]) {
  const random = seededRandom(seed, 'replicas');
  return plan.map((fault) =>
    'process' in fault && fault.process === PLATFORM
      ? { ...fault, process: random.pick(platforms) }
      : fault,
  );
}

/** Replicas that stand still until another has taken the lead: where there is another. */
function suspensions({ seed, durationMs, platforms }: PlanOptions): PlannedFault[] {
  if (platforms.length < 2) return [];
  const random = seededRandom(seed, 'suspended replicas');
  const plan: PlannedFault[] = [];
  const last = durationMs - 2_000 - LEAD_MS;
  for (let atMs = 3_000; atMs < last; atMs += LEAD_MS + random.between(5_000, 20_000)) {
    const lastsMs = LEAD_MS + random.whole(500, 2_000);
    plan.push({
      kind: 'suspend',
      process: random.pick(platforms),
      lastsMs,
      atMs: Math.round(atMs),
    });
  }
  return plan;
}

/** Faults end with the run, but for a suspension: one that is shorter than a lease is none. */
function lastingMs({ kind, lastsMs }: Drawn, leftMs: number): number {
  return kind === 'suspend' ? lastsMs : Math.min(lastsMs, leftMs);
}

function targetOf(fault: Drawn): string {
  switch (fault.kind) {
    case 'restartEmulator':
      return fault.emulator;
    case 'link':
      return `${fault.process} ${fault.service}`;
    default:
      return fault.process;
  }
}

function drawFault(random: SeededRandom, workers: readonly string[], isLong: boolean): Drawn {
  const worker = random.pick(workers);
  const dice = random.next();
  if (dice < 0.12) return { kind: 'kill', process: worker, lastsMs: random.between(200, 2_500) };
  if (dice < 0.2)
    return { kind: 'terminate', process: worker, lastsMs: random.between(100, 2_000) };
  if (dice < 0.32) {
    return { kind: 'suspend', process: worker, lastsMs: LEASE_MS + random.between(500, 4_000) };
  }
  if (dice < 0.37) {
    const emulator = random.pick(['queues', 'table'] as const);
    return { kind: 'restartEmulator', emulator, lastsMs: 0 };
  }
  if (dice < 0.47) return drawPartition(random, worker);
  if (dice < 0.5) {
    const kind = isLong ? 'kill' : 'terminate';
    return { kind, process: PLATFORM, lastsMs: random.between(200, 2_000) };
  }
  return drawLinkFault(random, workers, isLong);
}

function drawPartition(random: SeededRandom, process: string): Drawn {
  const kind = random.pick(['reset', 'halfOpen'] as const);
  const fault = { kind, rate: 1, ms: random.whole(1_000, 4_000) };
  return { kind: 'partition', process, fault, lastsMs: random.between(2_000, LEASE_MS + 3_000) };
}

/** What a client may suffer without a message being hidden from everybody for its lease. */
const GENTLE = ['slowRequest', 'serverError', 'throttle', 'reset'] as const;

/** What a scheduler reaches. */
const SCHEDULED_BY = ['sns', 'sns', 'dynamodb'] as const;

function drawLinkFault(random: SeededRandom, workers: readonly string[], isLong: boolean): Drawn {
  const process = random.pick([...workers, ...workers, PLATFORM, 'scheduler']);
  const service = random.pick(process === 'scheduler' ? SCHEDULED_BY : LINKED_SERVICES);
  const isSpared = process === PLATFORM && !isLong;
  const fault = drawFaultOf(random, random.pick<LinkFaultKind>(isSpared ? GENTLE : LINK_FAULTS));
  return { kind: 'link', process, service, fault, lastsMs: random.between(1_000, 7_000) };
}

function drawFaultOf(random: SeededRandom, kind: LinkFaultKind): LinkFault {
  const rate = random.chance(0.3) ? 1 : Math.round(random.between(20, 90)) / 100;
  return { kind, rate, ms: random.whole(50, 3_000) };
}
