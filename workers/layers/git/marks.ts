import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A clone with this file is being written to. Found by the next task, whoever wrote was killed over it. */
const BUSY = 'taskfleet-busy';

/** Its time is when the clone was used last. */
const USED = 'taskfleet-used';

export async function markBusy(folder: string): Promise<void> {
  await writeFile(join(folder, BUSY), '');
}

export async function unmarkBusy(folder: string): Promise<void> {
  await rm(join(folder, BUSY), { force: true });
}

export async function isBusy(folder: string): Promise<boolean> {
  return (await timeOf(join(folder, BUSY))) > 0;
}

export async function markUsed(folder: string): Promise<void> {
  await writeFile(join(folder, USED), '');
}

/** In milliseconds since 1970; 0 when nobody knows. */
export async function lastUsedAt(folder: string): Promise<number> {
  return timeOf(join(folder, USED));
}

/** Whether nothing was ever fetched into it. */
export async function isEmptyClone(folder: string): Promise<boolean> {
  return (await timeOf(join(folder, 'HEAD'))) === 0;
}

/** Of its last change; 0 when it is not there. */
async function timeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
