/**
 * `npm run bench:chord [members]`: one chord, 10,000 members unless said otherwise: how long from its start until its callback has run,
 * once, and what a member asks of the table.
 */
import { chord, group, signature } from '@taskfleet/toolbox/contract';
import {
  arithImplementation,
  flowFleet,
  add,
  tallyImplementation,
  total,
} from '../fixtures/flowFleet.ts';
import { clientsOf, schedulerOn, trackerOn, workerOn } from '../fixtures/startParts.ts';
import { meter } from './meter.ts';
import { startEmulators } from './startEmulators.ts';

const members = Number(process.argv[2] ?? 10_000);
if (!Number.isInteger(members) || members < 0) {
  process.stderr.write(`members: expected a whole number from 0, got "${process.argv[2]}"\n`);
  process.exit(2);
}

let callbacks = 0;
const emulators = await startEmulators(flowFleet);
try {
  const { stack } = emulators;
  const clients = clientsOf(stack);
  const counted = meter(clients);
  const implementations = [
    arithImplementation(() => undefined),
    tallyImplementation((task) => void (callbacks += task === 'total' ? 1 : 0)),
  ];
  const parts = [
    ...implementations.map((implementation) => workerOn({ stack, clients, implementation })),
    trackerOn({ stack, clients, fleet: flowFleet }),
  ];
  const scheduler = schedulerOn(stack, clients);
  const some = Array.from({ length: members }, (_, i) => signature(add, { a: i, b: 0 }));
  const startedAt = performance.now();
  const handle = await scheduler.start(chord(group(some), total));
  const publishedAt = performance.now();
  const { count, sum } = await handle.result({ timeout: '30m' });
  const endedAt = performance.now();
  await Promise.all(parts.map(async (part) => part.stop()));
  const perMember = (units: number) => (units / Math.max(1, members)).toFixed(2);
  const lines = [
    `members                 ${count}, their sum ${sum}`,
    `callback                ${callbacks} time`,
    `started and published   ${seconds(publishedAt - startedAt)}`,
    `until the result        ${seconds(endedAt - startedAt)}`,
    `write units a member    ${perMember(counted.writeUnits)}`,
    `read units a member     ${perMember(counted.readUnits)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  await emulators.stop();
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
