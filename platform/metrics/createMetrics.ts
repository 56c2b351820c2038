import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { STATISTICS_SHARDS } from '@taskfleet/toolbox/table';
import { Registry } from 'prom-client';
import type { FleetAccess } from '../access/index.ts';
import { writersOf } from '../statistics/index.ts';
import { FAMILIES, type FamilyName, type FleetSamples } from './families.ts';
import { queueSamples, workerSamples } from './fleetSamples.ts';
import type { OwnMetrics } from './ownMetrics.ts';
import { render } from './render.ts';
import { Source } from './source.ts';
import { taskSamples } from './taskSamples.ts';
import { MINUTES_AGAIN, TaskTotals } from './taskTotals.ts';

export interface MetricsOptions {
  readonly access: Pick<FleetAccess, 'countMinutes' | 'queues' | 'workers' | 'dueLag'>;
  readonly fleet: Fleet;
  readonly own: OwnMetrics;
  readonly clock: Clock;
}

export interface Metrics {
  readonly contentType: string;
  /** All of them in Prometheus's text format. Never rejects: what cannot be read is left out, and is said to be. */
  scrape(): Promise<string>;
}

/** How long an answer is good for all who ask, so that several Prometheus servers cost as much as one. */
const FRESH_MS = 8_000;

/** Items of statistics for one scrape: 20 reads of 100. More than a minute is due only when nobody asked for a while. */
const MOST_ITEMS = 2_000;
const MOST_MINUTES = 60;

/** What Prometheus is told by one replica. */
export function createMetrics(options: MetricsOptions): Metrics {
  const { own, clock } = options;
  const totals = totalsOf(options);
  const sources = sourcesOf(options, totals);
  let known: { readonly at: number; readonly samples: Promise<FleetSamples> } | undefined;
  const read = async () => {
    const samples = await readAll(sources, own);
    // Totals stay what they are while nobody can add to them.
    return { ...taskSamples(totals.totals), ...samples };
  };
  const fresh = async () => {
    const now = clock.monotonic();
    if (!known || now - known.at >= FRESH_MS) known = { at: now, samples: read() };
    return known.samples;
  };
  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    scrape: async () => {
      const samples = await fresh();
      const names = Object.keys(FAMILIES) as FamilyName[];
      const parts = names.map((name) => render(name, FAMILIES[name], samples[name] ?? []));
      return [...parts, await own.registry.metrics()].join('');
    },
  };
}

async function readAll(sources: readonly Source[], own: OwnMetrics): Promise<FleetSamples> {
  const read = sources.map(async (source) => {
    const samples = await source.read();
    own.read(source.name, samples !== undefined);
    return samples;
  });
  return Object.assign({}, ...(await Promise.all(read)));
}

function totalsOf({ access, fleet, clock }: MetricsOptions): TaskTotals {
  const itemsOfMinute = writersOf(fleet).length * STATISTICS_SHARDS;
  const affordable = Math.min(MOST_MINUTES, Math.floor(MOST_ITEMS / itemsOfMinute));
  return new TaskTotals({
    from: clock.now(),
    tasks: [...fleet.tasks.keys()],
    mostMinutes: Math.max(1 + MINUTES_AGAIN, affordable),
    read: async (minutes) => access.countMinutes(fleet, minutes),
  });
}

function sourcesOf({ access, fleet, clock }: MetricsOptions, totals: TaskTotals): Source[] {
  const workers = fleet.workers.map(({ name }) => name);
  const reads: Readonly<Record<string, () => Promise<FleetSamples>>> = {
    statistics: async () => {
      await totals.advance(clock.now());
      return {};
    },
    queues: async () => queueSamples(await access.queues(), clock.now()),
    workers: async () => workerSamples(workers, await access.workers.list()),
    due: async () => ({
      taskfleet_due_lag_seconds: [{ labels: {}, value: (await access.dueLag()) / 1_000 }],
    }),
  };
  return Object.entries(reads).map(([name, read]) => new Source({ name, read, clock }));
}
