import { PeriodicTasks } from '@taskfleet/platform/periodic';
import {
  defineFleet,
  defineTask,
  defineWorker,
  derivedTaskId,
  type Duration,
  type Fleet,
  periodic,
} from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { seededRandom } from '../chaos/seededRandom.ts';
import { emptyTable } from '../fixtures/emptyTable.ts';
import { startTaskTable, type TableUnderTest } from '../fixtures/taskTable.ts';
import { DispatchLab } from './dispatchLab.ts';
import { MISFORTUNES, type PlannedMisfortune } from './misfortunes.ts';

const HOUR_MS = 3_600_000;
const TIMEOUT_MS = 120_000;

const remind = defineTask('horizon.remind', {
  input: z.object({ n: z.int(), group: z.string() }),
  output: z.null(),
  group: ({ group }) => group,
});
const worker = defineWorker('horizon', { tasks: [remind] });

let stack: TableUnderTest;
beforeAll(async () => {
  stack = await startTaskTable();
});
afterAll(async () => stack.stop());

const misfortune = fc.record({ after: fc.nat(8), kind: fc.constantFrom(...MISFORTUNES) });
const run = fc.record({
  misfortunes: fc.array(misfortune, { maxLength: 20 }),
  seed: fc.nat().map(String),
});

interface Run {
  readonly misfortunes: readonly PlannedMisfortune[];
  readonly seed: string;
}

/** Runs with an empty table. */
async function inLab(
  { misfortunes, seed, ...place }: Run & { readonly fleet: Fleet; readonly startsAt: number },
  act: (lab: DispatchLab) => Promise<void>,
): Promise<void> {
  const { table } = stack;
  await emptyTable(table);
  const random = seededRandom(seed).next;
  const lab = new DispatchLab({ table, misfortunes, random, ...place });
  try {
    await act(lab);
  } finally {
    await lab.stop();
  }
}

const HORIZONS = {
  '1s': 1_000,
  '16m': 16 * 60_000,
  '13h': 13 * HOUR_MS,
  '30d': 30 * 24 * HOUR_MS,
} as const satisfies Partial<Record<Duration, number>>;

const deferred = fc.record({
  delay: fc.constantFrom(...(Object.keys(HORIZONS) as (keyof typeof HORIZONS)[])),
  group: fc.constantFrom('a', 'b', 'c'),
  /** Before it is scheduled. */
  pauseMs: fc.constantFrom(0, 0, 700, 40_000),
});

it(
  'publishes what is deferred by 1 s to 30 days at its time, in order, and it runs once, whoever dies when',
  async () => {
    const startsAt = Date.parse('2026-01-31T12:00:00Z');
    const fleet = defineFleet([worker]);
    const property = fc.asyncProperty(
      run,
      fc.array(deferred, { minLength: 1, maxLength: 12 }),
      async (how, some) =>
        inLab({ ...how, fleet, startsAt }, async (lab) => {
          const asked: { n: number; group: string; dueAt: number }[] = [];
          for (const [n, { delay, group, pauseMs }] of some.entries()) {
            lab.clock.pass(pauseMs);
            await lab.scheduler.schedule(remind, { n, group }, { delay });
            asked.push({ n, group, dueAt: lab.clock.now() + HORIZONS[delay] });
          }
          const due = asked.toSorted((a, b) => a.dueAt - b.dueAt);
          await lab.moveOn(
            due.at(-1)?.dueAt ?? 0,
            due.map(({ dueAt }) => dueAt),
          );
          await lab.settle(async () => (await lab.waiting()).length === 0);

          expect(await lab.waiting()).toEqual([]);
          const ran = lab.topic.ran.map(({ input }) => remind.input.parse(input));
          expect(ran.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(asked.map(({ n }) => n));
          // What is due in the same millisecond comes in no promised order.
          const dueOf = (n: number) => asked[n]?.dueAt ?? Infinity;
          for (const group of Map.groupBy(ran, (task) => task.group).values()) {
            const times = group.map(({ n }) => dueOf(n));
            expect(times).toEqual(times.toSorted((a, b) => a - b));
          }
          const early = lab.topic.published.filter(({ message, at }) => {
            const { n } = remind.input.parse(message.input);
            return at < dueOf(n);
          });
          expect(early).toEqual([]);
        }),
    );
    await fc.assert(property, { numRuns: 8 });
  },
  TIMEOUT_MS,
);

const EVERY_13_HOURS = periodic('pace', {
  every: '13h',
  missed: 'all',
  task: remind,
  input: { n: 0, group: 'any' },
});
/** In the hour that Berlin skips in spring and has twice in autumn. */
const NIGHTLY = periodic('nightly', {
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  missed: 'all',
  task: remind,
  input: { n: 1, group: 'any' },
});

it.each([
  {
    change: 'spring',
    from: '2026-03-27T12:00:00Z',
    nights: ['2026-03-28T01:30Z', '2026-03-29T01:00Z', '2026-03-30T00:30Z', '2026-03-31T00:30Z'],
  },
  {
    change: 'autumn',
    from: '2026-10-23T12:00:00Z',
    nights: ['2026-10-24T00:30Z', '2026-10-25T00:30Z', '2026-10-26T01:30Z', '2026-10-27T01:30Z'],
  },
])(
  'fires each time once over the change in $change, whoever dies when',
  async ({ from, nights }) => {
    const startsAt = Date.parse(from);
    const until = startsAt + 96 * HOUR_MS;
    const fleet = defineFleet([worker], { periodic: [EVERY_13_HOURS, NIGHTLY] });
    const paces = Array.from(
      { length: 8 },
      (_, i) => (Math.floor(startsAt / (13 * HOUR_MS)) + 1 + i) * 13 * HOUR_MS,
    );
    const firings = [
      ...nights.map((at) => ({ name: 'nightly', at: Date.parse(at) })),
      ...paces.filter((at) => at <= until).map((at) => ({ name: 'pace', at })),
    ].toSorted((a, b) => a.at - b.at);
    const ids = firings.map(({ name, at }) =>
      derivedTaskId('horizon', ['periodic', name, String(at)]),
    );

    const property = fc.asyncProperty(run, async (how) =>
      inLab({ ...how, fleet, startsAt }, async (lab) => {
        const publisher = {
          publish: async () => Promise.reject(new TypeError('nothing is run here')),
        };
        const operator = new PeriodicTasks({
          fleet,
          table: stack.table,
          publisher,
          clock: lab.clock,
        });
        const nexts = async () => (await operator.list()).map(({ next: [next = 0] }) => next);
        await lab.settle(async () => (await nexts()).length === 2);
        await lab.moveOn(
          until,
          firings.map(({ at }) => at),
        );
        await lab.settle(async () => (await nexts()).every((next) => next > until));

        expect(lab.topic.ran.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
        const early = lab.topic.published.filter(
          ({ message, at }) => at < (message.periodic?.at ?? Infinity),
        );
        expect(early).toEqual([]);
      }),
    );
    await fc.assert(property, { numRuns: 6 });
  },
  TIMEOUT_MS,
);
