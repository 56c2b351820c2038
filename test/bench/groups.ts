/**
 * `npm run bench:groups`: ten groups of ten tasks of 50 ms in one worker take about the time of one group; and a group whose
 * tasks fail does not slow the others. Ratios of runs in turns on the same emulators.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { LocalStack } from '@taskfleet/infra/local';
import { laneFleet, laneImplementation, step } from '../fixtures/laneFleet.ts';
import { clientsOf, schedulerOn, workerOn } from '../fixtures/startParts.ts';
import { median, quantile } from './quantile.ts';
import { startEmulators } from './startEmulators.ts';

const TASKS = 10;
const TASK_MS = 50;
const ROUNDS = 5;

type Stack = Pick<LocalStack, 'endpoints' | 'outputs'>;

interface Lane {
  readonly group: string;
  readonly failures: number;
}

const emulators = await startEmulators(laneFleet);
try {
  const times = { one: [] as number[], ten: [] as number[], poisoned: [] as number[] };
  await run(emulators.stack, lanes(10));
  for (let round = 0; round < ROUNDS; round += 1) {
    times.one.push(...(await run(emulators.stack, lanes(1))));
    times.ten.push(...(await run(emulators.stack, lanes(10))));
    times.poisoned.push(
      ...(await run(emulators.stack, [...lanes(10), { group: 'poison', failures: 3 }])),
    );
  }
  report(times);
} finally {
  await emulators.stop();
}

function lanes(count: number): Lane[] {
  return Array.from({ length: count }, (_, i) => ({ group: `g${i}`, failures: 0 }));
}

/** Milliseconds from the start until each good group has ended. */
async function run(stack: Stack, groups: readonly Lane[]): Promise<number[]> {
  const clients = clientsOf(stack);
  const left = new Map(groups.map(({ group }) => [group, TASKS]));
  const endedAt = new Map<string, number>();
  const implementation = laneImplementation((group) => {
    const rest = (left.get(group) ?? 0) - 1;
    left.set(group, rest);
    if (rest === 0) endedAt.set(group, performance.now());
  });
  const { schedule } = schedulerOn(stack, clients);
  await Promise.all(
    groups.flatMap(({ group, failures }) =>
      Array.from({ length: TASKS }, async () => schedule(step, { group, ms: TASK_MS, failures })),
    ),
  );
  const startedAt = performance.now();
  const worker = workerOn({ stack, clients, implementation });
  while (endedAt.size < groups.length) await pause(10);
  await worker.stop();
  const good = groups.filter(({ failures }) => failures === 0);
  return good.map(({ group }) => (endedAt.get(group) ?? NaN) - startedAt);
}

function report({
  one,
  ten,
  poisoned,
}: Record<'one' | 'ten' | 'poisoned', readonly number[]>): void {
  const p95 = (values: readonly number[]) => quantile(values, 0.95);
  const lines = [
    `${TASKS} tasks of ${TASK_MS} ms a group, one worker, ${ROUNDS} rounds in turns; milliseconds until a group has ended`,
    '',
    `                                  p50       p95`,
    row('one group alone', one),
    row('each of ten groups', ten),
    row('the same beside a failing group', poisoned),
    '',
    `ten groups over one, p50          ${(median(ten) / median(one)).toFixed(2)}`,
    `beside a failing group, p95       ${(p95(poisoned) / p95(ten)).toFixed(2)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function row(label: string, values: readonly number[]): string {
  const [p50, p95] = [0.5, 0.95].map((q) => quantile(values, q).toFixed(0).padStart(8));
  return `${label.padEnd(30)}${p50}  ${p95}`;
}
