import { rmSync } from 'node:fs';
import { putArtifact } from '@taskfleet/toolbox/artifacts';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { createScheduler } from '@taskfleet/toolbox/schedule';
import { readTasks } from '@taskfleet/toolbox/table';
import { createThumbnails } from '@taskfleet/worker-thumbnails/contract';
import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';
import { configIn, isAlive, newHome, startFleet } from '../fixtures/localFleet.ts';
import { familyOf } from '../fixtures/processFamily.ts';

const PATIENCE = { timeout: 120_000, interval: 100 };
const TASKS = 24;

describe('a local fleet that is killed', { timeout: 300_000 }, () => {
  const homes: string[] = [];
  const alive = new Set<number>();

  afterEach(() => {
    for (const pid of alive) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });

  it.each([
    { whom: 'its first process', when: 'right after scheduling', ended: 0, everybody: false },
    { whom: 'its first process', when: 'in the middle', ended: 8, everybody: false },
    { whom: 'every process at once', when: 'in the middle', ended: 8, everybody: true },
  ])('loses no task when $whom is killed $when', async ({ ended, everybody }) => {
    const home = newHome();
    homes.push(home);
    const first = await upAndRunning(home);
    const ids = await schedulePhotos(home);
    await expect.poll(async () => succeeded(home, ids), PATIENCE).toBeGreaterThanOrEqual(ended);
    const family = familyOf(first);
    for (const pid of everybody ? family : [first]) process.kill(pid, 'SIGKILL');
    await expect.poll(() => family.filter(isAlive), PATIENCE).toEqual([]);

    await upAndRunning(home);
    await expect.poll(async () => succeeded(home, ids), PATIENCE).toBe(TASKS);
  });

  async function upAndRunning(home: string): Promise<number> {
    const fleet = startFleet(home);
    const pid = fleet.process.pid ?? 0;
    alive.add(pid);
    await fleet.printed('The fleet is up.');
    return pid;
  }
});

function connect(home: string) {
  const { tableName, bucketName, topicArn, ...config } = configIn(home);
  const clients = createClients(config);
  const table = { dynamodb: clients.dynamodb, tableName };
  const bucket = { s3: clients.s3, bucketName };
  const { sns } = clients;
  const scheduler = createScheduler({ sns, topicArn, table, bucket, clock: systemClock });
  return { table, scheduler, bucket };
}

/** Four galleries of six photos: order within each, four at a time. */
async function schedulePhotos(home: string): Promise<TaskId[]> {
  const { scheduler, bucket } = connect(home);
  const body = await sharp({
    create: { width: 2_000, height: 1_500, channels: 3, background: 'teal' },
  })
    .jpeg()
    .toBuffer();
  const photo = await putArtifact(bucket, {
    key: 'uploads/photo.jpg',
    body,
    contentType: 'image/jpeg',
  });
  const asked = Array.from({ length: TASKS }, async (_, i) =>
    scheduler.schedule(createThumbnails, { gallery: `g${i % 4}`, photo }),
  );
  return (await Promise.all(asked)).map(({ id }) => id);
}

async function succeeded(home: string, ids: readonly TaskId[]): Promise<number> {
  const records = await readTasks(connect(home).table, ids);
  return records.filter((record) => record?.state === 'succeeded').length;
}
