import { setTimeout as sleep } from 'node:timers/promises';
import { PeriodicTasks } from '@taskfleet/platform/periodic';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import type { Firings } from '../check/facts.ts';
import { labFleet, TICK_EVERY_MS, ticking } from '../fleet/labFleet.ts';
import type { SideLogLine } from '../fleet/sideLog.ts';

const LOOK_EVERY_MS = 250;

/** Has every firing made that is due by now, and then no more. Resolves to now; to when it gave up waiting, after that time. */
export async function endFirings(table: TaskTable, withinMs: number): Promise<number> {
  const publisher = { publish: async () => Promise.reject(new TypeError('nothing is run here')) };
  const operator = new PeriodicTasks({ fleet: labFleet, table, publisher, clock: systemClock });
  const [until, endsAt] = [Date.now(), performance.now() + withinMs];
  const isBehind = async () => {
    const { next } = await operator.get(ticking.name);
    return (next[0] ?? 0) <= until;
  };
  while ((await isBehind().catch(() => true)) && performance.now() < endsAt) {
    await sleep(LOOK_EVERY_MS);
  }
  await operator.pause(ticking.name, 'the lab');
  return until;
}

/** Which firings ran: of what time each is says its record. */
export async function readFirings(
  table: TaskTable,
  sideLog: readonly SideLogLine[],
  until: number,
): Promise<Firings> {
  const ids = [...new Set(sideLog.flatMap(({ role, id }) => (role === 'firing' ? [id] : [])))];
  const records = await readTasks(table, ids as TaskId[]);
  const ran = ids.map((id, i) => ({ id, at: records[i]?.periodic?.at }));
  return { everyMs: TICK_EVERY_MS, until, ran };
}
