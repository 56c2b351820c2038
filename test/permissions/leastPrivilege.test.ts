import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { putArtifact } from '@taskfleet/toolbox/artifacts';
import { readTasks } from '@taskfleet/toolbox/table';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientsOf, resourcesOf, serviceQueues } from '../fixtures/startParts.ts';
import { copyFile, officeFleet, shout, sortFiles } from './officeFleet.ts';
import { type Office, openOffice } from './openOffice.ts';

const PATIENCE = { timeout: 30_000 } as const;

let started: AsyncDisposableStack;
let office: Office;
beforeEach(async () => {
  started = new AsyncDisposableStack();
  office = await openOffice(started);
});
afterEach(async () => started.disposeAsync());

describe('with its role alone, a fleet', () => {
  it('runs small and large tasks, children and files', async () => {
    const { scheduler, refused } = office.start();
    const { s3 } = clientsOf(office.stack);
    const bucket = { s3, bucketName: resourcesOf(office.stack).bucketName };
    const body = new TextEncoder().encode('text');
    const file = { key: 'uploads/a.txt', body, contentType: 'text/plain' };
    const ref = await putArtifact(bucket, file);
    const copied = await scheduler.schedule(copyFile, { ref });
    expect(await copied.result(PATIENCE_TEXT)).toEqual({ ref: 'artifact:office/a.txt' });
    const sorted = await scheduler.schedule(sortFiles, {});
    expect((await sorted.result(PATIENCE_TEXT)).found).toEqual([
      'artifact:office/sorted/big.bin',
      'still there: false',
    ]);
    const none = await scheduler.schedule(copyFile, { ref: 'artifact:uploads/none.txt' });
    await expect(none.result(PATIENCE_TEXT)).rejects.toThrow('nothing is stored under');
    const large = await scheduler.schedule(shout, { text: 'x'.repeat(300_000), times: 1 });
    expect((await large.result(PATIENCE_TEXT)).text).toHaveLength(300_000);
    const parent = await scheduler.schedule(shout, { text: 'child', times: 2 });
    expect(await parent.result(PATIENCE_TEXT)).toEqual({ text: 'CHILD' });
    expect(refused()).toEqual([]);
  });

  it('fails tasks, and buries what it cannot read', async () => {
    const { scheduler, operator, refused } = office.start();
    const failing = await scheduler.schedule(shout, { text: 'fail', times: 1 });
    await expect(failing.result(PATIENCE_TEXT)).rejects.toThrow('failed');
    const { sqs, dynamodb } = clientsOf(office.stack);
    const id = `office_${'0a'.repeat(16)}` as const;
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: serviceQueues(office.stack, 'office').queueUrl,
        MessageBody: JSON.stringify({
          v: 1,
          id,
          root: id,
          task: 'office.none',
          input: 1,
          createdAt: 1,
        }),
        MessageGroupId: id,
        MessageDeduplicationId: id,
      }),
    );
    const table = { dynamodb, tableName: resourcesOf(office.stack).tableName };
    const stateOf = async () => (await readTasks(table, [id]))[0]?.state;
    await expect.poll(stateOf, PATIENCE).toBe('dead');
    const letters = async () => (await operator.letters.list({ limit: 10 })).letters;
    expect(await letters()).toMatchObject([{ id }]);
    await operator.letters.redrive(id, { timeoutMs: 20_000 });
    await expect.poll(letters, PATIENCE).toMatchObject([{ id }]);
    await operator.letters.purge(id);
    expect((await operator.list()).tasks.length).toBeGreaterThan(0);
    expect(refused()).toEqual([]);
  });

  it('is told that a running task is to be cancelled', async () => {
    const { scheduler, operator, refused } = office.start();
    const { id } = await scheduler.schedule(shout, { text: 'wait', times: 1 });
    await expect
      .poll(async () => operator.cancel(id).catch(() => 'unknown'), PATIENCE)
      .toBe('asked');
    const { dynamodb } = clientsOf(office.stack);
    const table = { dynamodb, tableName: resourcesOf(office.stack).tableName };
    const stateOf = async () => (await readTasks(table, [id]))[0]?.state;
    await expect.poll(stateOf, PATIENCE).toBe('cancelled');
    expect(refused()).toEqual([]);
  });

  it('defers tasks, gives them another time, and cancels them', async () => {
    const { scheduler, operator, refused } = office.start();
    const soon = await scheduler.schedule(shout, { text: 'soon', times: 1 }, { delay: '1s' });
    const options = { delay: '1d', idempotencyKey: 'k' } as const;
    const { id } = await scheduler.schedule(shout, { text: 'later', times: 1 }, options);
    await operator.reschedule(id);
    expect(await operator.cancel(id)).toBe('cancelled');
    expect(await soon.result(PATIENCE_TEXT)).toEqual({ text: 'SOON' });
    expect(refused()).toEqual([]);
  });

  it('says that it lives, is told to pause and to stop, and takes its heartbeat back', async () => {
    const { running, workers, tell, refused } = office.start();
    await expect.poll(async () => (await workers.list()).length, PATIENCE).toBe(1);
    await tell({ kind: 'pause' });
    expect(await workers.list()).toMatchObject([{ worker: 'office', state: 'paused' }]);
    await workers.tell(officeFleet, {
      worker: 'office',
      order: { kind: 'shutdown' },
      by: 'operator',
    });
    await running.dismissed;
    await running.stop();
    expect(await workers.list()).toEqual([]);
    expect(refused()).toEqual([]);
  });

  it('counts its tasks, and people see the figures', async () => {
    const { running, service, scheduler, operator, refused } = office.start();
    const counted = await scheduler.schedule(shout, { text: 'count', times: 1 });
    expect(await counted.result(PATIENCE_TEXT)).toEqual({ text: 'COUNT' });
    // Only then has the platform seen it too.
    await expect.poll(async () => (await operator.list()).tasks.length, PATIENCE).toBe(1);
    await Promise.all([running.stop(), service.stop()]);
    const { tasks } = await operator.statistics(shout.name);
    expect(tasks).toMatchObject([{ total: { scheduled: 1, succeeded: 1 } }]);
    expect(refused()).toEqual([]);
  });

  it('keeps durable tasks while the topic is away, and runs them afterwards', async () => {
    const { scheduler, refused } = office.start();
    await office.stack.queues.stop();
    const asked = Array.from({ length: 5 }, async () =>
      scheduler.schedule(shout, { text: 'later', times: 1 }, { durable: true }),
    );
    const handles = await Promise.all(asked);
    await office.stack.queues.restart();
    for (const handle of handles) {
      expect(await handle.result(PATIENCE_TEXT)).toEqual({ text: 'LATER' });
    }
    expect(refused()).toEqual([]);
  });
});

const PATIENCE_TEXT = { timeout: '30s' } as const;
