import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArtifactBucket, putArtifact } from '@taskfleet/toolbox/artifacts';
import type { Clock } from '@taskfleet/toolbox/clock';
import {
  type AnyTask,
  type Demonstration,
  isTerminal,
  type TaskId,
} from '@taskfleet/toolbox/contract';
import type { Scheduler } from '@taskfleet/toolbox/schedule';
import { readTasks, type TaskTable } from '@taskfleet/toolbox/table';
import type { Screen } from '../present/screen.ts';
import { describeTask, type Shown } from './describeTask.ts';
import { saveResults } from './saveResults.ts';

export interface DemonstrationOptions {
  readonly demonstration: Demonstration;
  readonly scheduler: Scheduler;
  readonly table: TaskTable;
  readonly bucket: ArtifactBucket;
  readonly clock: Clock;
  readonly screen: Screen;
  /** Folder for copies of the resulting files. */
  readonly folder: string;
  /** Aborts when the person does not want to wait for the end. */
  readonly signal: AbortSignal;
}

const LOOK_EVERY_MS = 150;

/** Shows the fleet at work, live on a terminal. Resolves to whether every task succeeded. */
export async function runDemonstration(options: DemonstrationOptions): Promise<boolean> {
  const { screen, signal } = options;
  const shown: Shown[] = [];
  const records = await watch(options, shown, scheduleAll(options, shown));
  screen.live([]);
  if (signal.aborted) return false;
  screen.line('\n  Their files:\n');
  for (const { name, record } of records) await saveResults(options, name, record);
  return records.every(({ record }) => record?.state === 'succeeded');
}

async function scheduleAll(options: DemonstrationOptions, shown: Shown[]): Promise<void> {
  const { demonstration, bucket, scheduler, signal } = options;
  // The contract checks the input when it is scheduled: here any worker's demonstration fits.
  const task: AnyTask = demonstration.task;
  for await (const { name, ...file } of demonstration.files()) {
    if (signal.aborted) return;
    await writeFile(join(await folderFor(options.folder), name), file.body);
    const ref = await putArtifact(bucket, { key: `uploads/demonstration/${name}`, ...file });
    const input = demonstration.input(ref, name);
    const { id } = await scheduler.schedule(task, input, { creator: 'demonstration' });
    shown.push({ name, id, record: undefined });
  }
}

/** Looks at the records until all tasks have ended, and shows what changes. */
async function watch(
  options: DemonstrationOptions,
  shown: Shown[],
  scheduling: Promise<void>,
): Promise<readonly Shown[]> {
  const { clock, screen, signal, table } = options;
  const told = new Set<TaskId>();
  let isComplete = false;
  const complete = scheduling.finally(() => (isComplete = true));
  // Its error is thrown below; until then it is not an unhandled one.
  complete.catch(() => undefined);
  for (;;) {
    const wasComplete = isComplete;
    const now = await readAll(table, shown);
    tellEnded(screen, now, told);
    screen.live(now.filter(({ id }) => !told.has(id)).map((one) => describeTask(screen, one)));
    if (wasComplete && told.size === now.length) break;
    await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) break;
  }
  await complete;
  return readAll(table, shown);
}

async function readAll(table: TaskTable, shown: readonly Shown[]): Promise<Shown[]> {
  const ids = shown.map(({ id }) => id);
  const records = await readTasks(table, ids);
  return ids.map((id, i) => ({ id, name: shown[i]?.name ?? id, record: records[i] }));
}

/** Each task's last line stays, and is told once, when it has ended. */
function tellEnded(screen: Screen, shown: readonly Shown[], told: Set<TaskId>): void {
  for (const one of shown) {
    if (told.has(one.id) || !one.record || !isTerminal(one.record.state)) continue;
    told.add(one.id);
    screen.line(describeTask(screen, one));
  }
}

async function folderFor(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return path;
}
