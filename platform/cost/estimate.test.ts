import {
  type Compute,
  defineFleet,
  defineTask,
  defineWorker,
  fargate,
  lambda,
} from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Demand } from './demand.ts';
import { type Estimate, estimate } from './estimate.ts';
import { PRICES, type PriceName, REGIONS, SOURCES } from './prices.ts';

const task = { input: z.unknown(), output: z.unknown(), timeLimit: '1m' } as const;

function demandOf(compute: Compute, demand: Partial<Demand> = {}): Demand {
  const mail = defineWorker('mail', { tasks: [defineTask('mail.send', task)], compute });
  return {
    fleet: defineFleet([mail]),
    loaded: [mail],
    tasksPerSecond: 1,
    durationMs: 200,
    payloadBytes: 100,
    batching: 'alone',
    ...demand,
  };
}

const lines = ({ lines: all }: Estimate, price: PriceName, part: 'idle' | 'load') =>
  all.filter((line) => line.price === price && line.part === part);

/** Dollars of a price's lines. */
const usd = (cost: Estimate, price: PriceName, part: 'idle' | 'load') =>
  lines(cost, price, part).reduce((sum, line) => sum + line.usd, 0);

/** Of platform and worker: 7 writes in 66 s for minutes, one in 60 s for hours; at one task a second this is what each adds. */
const STATISTICS_UNITS = 2 * (7 / 66 + 1 / 60);

it('adds an address for each container of a worker that reaches the internet', () => {
  const compute = fargate({ internet: [443, 25], scale: { min: 2 } });
  const cost = estimate(demandOf(compute), 'eu-central-1');
  expect(usd(cost, 'addressHours', 'idle')).toBeCloseTo(2 * 730 * 0.005, 6);
  expect(lines(estimate(demandOf(fargate()), 'us-east-1'), 'addressHours', 'idle')).toEqual([]);
});

/** A month has 730 hours, or 2,628,000 seconds: as many tasks, at one a second. */
describe('one task a second, in us-east-1', () => {
  const cost = estimate(demandOf(fargate()), 'us-east-1');

  it.each([
    // A publish each, and a copy to the worker and to the platform.
    ['publishes', 2.628 * 0.3],
    ['deliveries', 2.628 * 2 * 0.01],
    // Two receives, two deletes.
    ['queueRequests', 2.628 * 4 * 0.5],
    // Definition, its entry in the recent index, claim, result.
    ['writeUnits', 2.628 * (4 + STATISTICS_UNITS) * 0.625],
    // A third of the lease of 12 s, half a unit each.
    ['readUnits', (2.628 / 4) * 0.5 * 0.125],
  ] as const)('adds for %s %d', (price, expected) => {
    expect(usd(cost, price, 'load')).toBeCloseTo(expected, 6);
  });

  it.each([
    // A quarter of a vCPU and half a GB, for the platform and the one worker.
    ['vcpuHours', 2 * 0.25 * 730 * 0.04048],
    ['memoryGbHours', 2 * 0.5 * 730 * 0.004445],
    // Worker, platform and two dead-letter queues, three polls a minute each: 525,600; a look into each a minute.
    ['queueRequests', (0.5256 + 4 * 0.0438) * 0.5],
    ['endpointHours', 5 * 2 * 730 * 0.01],
    ['alarmMetrics', 17 * 0.1],
    ['customMetrics', 5 * 0.3],
    ['dashboards', 3],
  ] as const)('costs for %s, idle too, %d', (price, expected) => {
    expect(usd(cost, price, 'idle')).toBeCloseTo(expected, 6);
  });

  it('adds no container to the one that runs anyway', () => {
    expect(lines(cost, 'vcpuHours', 'load')).toEqual([]);
  });

  it('keeps records for 44 days: the queue, then the default retention', () => {
    const [stored] = lines(cost, 'tableGbMonths', 'load');
    const eachBytes = ((stored?.amount ?? 0) * 1e9) / (44 * 86_400);
    // Definition, result, index entry, 100 bytes of overhead for each.
    expect(eachBytes).toBeGreaterThan(100 + 300);
    expect(eachBytes).toBeLessThan(100 + 1_200);
  });

  it('sums up', () => {
    const total = cost.lines.reduce((sum, line) => sum + line.usd, 0);
    expect(cost.totalUsd).toBeCloseTo(total, 9);
    expect(cost.idleUsd + cost.loadUsd).toBeCloseTo(total, 9);
    expect(cost.millionTasksUsd).toBeCloseTo(cost.loadUsd / 2.628, 9);
    expect([cost.notes, cost.unpriced]).toEqual([[], []]);
  });

  it('is the idle cost alone at a rate of none', () => {
    const none = estimate(demandOf(fargate(), { tasksPerSecond: 0 }), 'us-east-1');
    expect(none).toMatchObject({ loadUsd: 0, idleUsd: cost.idleUsd, totalUsd: cost.idleUsd });
    expect(none).not.toHaveProperty('millionTasksUsd');
  });
});

describe('containers', () => {
  it('are as many as keep up: 50 a second for 2 s, ten at once, are ten, one of which runs anyway', () => {
    const cost = estimate(
      demandOf(fargate(), { tasksPerSecond: 50, durationMs: 2_000 }),
      'us-east-1',
    );
    expect(usd(cost, 'vcpuHours', 'load')).toBeCloseTo(9 * 0.25 * 730 * 0.04048, 6);
    expect(cost.notes).toEqual([]);
  });

  it('beyond what the contract allows are counted, and told of', () => {
    const spot = fargate({ scale: { max: 4 }, spot: true });
    const { notes } = estimate(
      demandOf(spot, { tasksPerSecond: 50, durationMs: 2_000 }),
      'us-east-1',
    );
    expect(notes).toEqual([
      'mail: this takes 10 containers, and its contract allows 4',
      'mail: spot capacity is counted at the price on demand',
    ]);
  });

  it('are none without tasks where the contract begins at none', () => {
    const none = demandOf(fargate({ scale: { min: 0 } }), { tasksPerSecond: 0 });
    expect(usd(estimate(none, 'us-east-1'), 'vcpuHours', 'idle')).toBeCloseTo(
      0.25 * 730 * 0.04048,
      6,
    );
  });
});

describe('a worker on Lambda', () => {
  const demand = demandOf(lambda({ memory: 512 }), { durationMs: 1_000 });

  it('costs an invocation and its GB-seconds for each task', () => {
    const cost = estimate(demand, 'us-east-1');
    expect(usd(cost, 'invocations', 'load')).toBeCloseTo(2.628 * 0.2, 6);
    expect(usd(cost, 'functionGbSeconds', 'load')).toBeCloseTo(2_628_000 * 0.5 * 0.0000166667, 6);
    expect(cost.notes).toEqual(["mail: Lambda's own polls of its queue are not counted"]);
  });

  it('costs two writes of statistics for each invocation, beside those of the platform', () => {
    const of = (batching: Demand['batching']) => {
      const { lines: all } = estimate({ ...demand, batching }, 'us-east-1');
      return all.find(({ what }) => what === 'statistics')?.amount;
    };
    const platform = (2_628_000 * STATISTICS_UNITS) / 2;
    expect(of('alone')).toBeCloseTo(2 * 2_628_000 + platform, 3);
    expect(of('together')).toBeCloseTo(2 * 262_800 + platform, 3);
  });

  it('costs a tenth of them where batches are full', () => {
    const cost = estimate({ ...demand, batching: 'together' }, 'us-east-1');
    expect(usd(cost, 'invocations', 'load')).toBeCloseTo(0.2628 * 0.2, 6);
  });
});

describe('what grows', () => {
  it('is write units with the input: 2 KB take a definition of three', () => {
    const cost = estimate(demandOf(fargate(), { payloadBytes: 2_048 }), 'us-east-1');
    expect(usd(cost, 'writeUnits', 'load')).toBeCloseTo(2.628 * (6 + STATISTICS_UNITS) * 0.625, 6);
  });

  it('is the bucket, and neither table nor messages, with an input that is too large for them', () => {
    const cost = estimate(demandOf(fargate(), { payloadBytes: 1_000_000 }), 'us-east-1');
    expect(usd(cost, 'puts', 'load')).toBeCloseTo(2_628 * 0.005, 6);
    expect(usd(cost, 'gets', 'load')).toBeCloseTo(2_628 * 0.0004, 6);
    // 45 days of a megabyte a second.
    expect(usd(cost, 'bucketGbMonths', 'load')).toBeCloseTo(45 * 86.4 * 0.023, 6);
    expect(usd(cost, 'writeUnits', 'load')).toBeCloseTo(2.628 * (4 + STATISTICS_UNITS) * 0.625, 6);
  });

  it('is extensions of leases with the time that a task takes: two in 9 s of leases of 12 s', () => {
    const [short, long] = [200, 9_000].map((durationMs) =>
      estimate(demandOf(fargate(), { durationMs }), 'us-east-1'),
    );
    const more = usd(long!, 'queueRequests', 'load') - usd(short!, 'queueRequests', 'load');
    expect(more).toBeCloseTo(2.628 * 2 * 0.5, 6);
  });

  it('is extensions where a message ends a long poll: one for each copy, at one in ten seconds', () => {
    const cost = estimate(demandOf(fargate(), { tasksPerSecond: 0.1 }), 'us-east-1');
    expect(usd(cost, 'queueRequests', 'load')).toBeCloseTo(0.2628 * (4 + 2) * 0.5, 6);
  });
});

describe('prices', () => {
  it('name what they have no source for', () => {
    const { unpriced, lines: priced } = estimate(demandOf(fargate()), 'eu-central-1');
    expect(unpriced).toEqual(['publishes', 'publishedGb', 'deliveries', 'deliveredGb']);
    expect(priced.filter(({ service }) => service === 'SNS FIFO')).toEqual([]);
  });

  it('are more than nothing, and have a page of AWS', () => {
    for (const { usd: byRegion, source } of Object.values(PRICES)) {
      expect(Object.values(byRegion).every((price) => price > 0)).toBe(true);
      expect(
        Object.keys(byRegion).every((region) => REGIONS.some((known) => known === region)),
      ).toBe(true);
      expect(SOURCES[source].page).toMatch(/^https:\/\/aws\.amazon\.com\/.+\/pricing\//);
    }
  });
});
