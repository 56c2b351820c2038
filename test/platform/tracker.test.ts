import { createReader } from '@taskfleet/platform/reader';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { say } from './sampleFleet.ts';
import {
  messageBody,
  newId,
  type PlatformUnderTest,
  startPlatformUnderTest,
} from './startPlatformUnderTest.ts';

let platform: PlatformUnderTest;
let tracker: ReturnType<PlatformUnderTest['startTracker']>;
beforeAll(async () => {
  platform = await startPlatformUnderTest();
  tracker = platform.startTracker();
});
afterAll(async () => {
  await tracker.stop();
  await platform.stop();
});

async function recordOf(id: string) {
  return vi.waitFor(async () => createReader(platform.table).get(id), { timeout: 10_000 });
}

async function queueIsEmpty() {
  await expect.poll(() => platform.left(), { timeout: 10_000 }).toBe(0);
}

describe('the tracker', () => {
  it('keeps the definition of a scheduled task', async () => {
    const options = { creator: 'alice', subject: 'project/42' };
    const { id } = await platform.scheduler.schedule(say, { text: 'hello' }, options);
    const record = await recordOf(id);
    expect(record).toMatchObject({ id, task: 'echo.say', worker: 'echo', state: 'queued' });
    expect(record).toMatchObject({ input: { text: 'hello' }, root: id, attempt: 0, ...options });
    await queueIsEmpty();
  });

  it('keeps a message that comes twice as one task', async () => {
    const id = newId();
    const body = messageBody({ id });
    await platform.send(body, 'same');
    await platform.send(body, 'same');
    await platform.send(body, 'another');
    await queueIsEmpty();
    const { tasks } = await createReader(platform.table).list({ limit: 100, task: 'echo.say' });
    expect(tasks.filter((record) => record.id === id)).toHaveLength(1);
    expect(await platform.deadLetters()).toEqual([]);
  });

  it('completes the record of a task whose result came first', async () => {
    await tracker.stop();
    const worker = platform.startEcho({
      'echo.say': ({ text }) => ({ said: text }),
      'echo.ask': () => ({ asked: 0 }),
    });
    const handle = await platform.scheduler.schedule(say, { text: 'early' });
    expect(await handle.result()).toEqual({ said: 'early' });
    await worker.stop();
    expect((await recordOf(handle.id)).task).toBeUndefined();
    tracker = platform.startTracker();
    await vi.waitFor(async () => expect((await recordOf(handle.id)).task).toBe('echo.say'), 10_000);
    expect(await recordOf(handle.id)).toMatchObject({
      state: 'succeeded',
      input: { text: 'early' },
      output: { said: 'early' },
    });
  });

  it('keeps no secret', async () => {
    const input = { text: 'hello', password: 'hunter2' };
    const { id } = await platform.scheduler.schedule(say, input);
    expect((await recordOf(id)).input).toEqual({ text: 'hello', password: '[secret]' });
  });

  it('keeps of a large input where it is and its size, and no secret', async () => {
    const input = { text: 'x'.repeat(100_000), password: 'hunter2' };
    const { id } = await platform.scheduler.schedule(say, input);
    const record = await recordOf(id);
    expect(record).toMatchObject({
      inputAt: `offload/45d/echo/${id}/input.json`,
      inputBytes: JSON.stringify(input).length,
    });
    expect(record).not.toHaveProperty('input');
    expect(JSON.stringify(record)).not.toContain('hunter2');
  });

  it('keeps a task that the fleet does not know, without its input', async () => {
    const id = newId('newer');
    await platform.send(messageBody({ id, task: 'newer.task', input: { key: 'hunter2' } }));
    expect(await recordOf(id)).toMatchObject({ task: 'newer.task', input: '[secret]' });
  });
});

/** Fits the queue; with `[secret]` in the place of 60,000 letters it has 660 KB, and an item 400 KB at most. */
function tooLarge(): string {
  const codes = Array.from({ length: 60_000 }, () => 'x');
  return messageBody({ input: { text: 'hello', codes } });
}

describe('a message that cannot be kept', () => {
  it.each([
    ['is not JSON', 'garbage', 'message (root): is not JSON'],
    ['lacks a field', '{"v":1}', 'message id: expected a task id'],
    ['is of another version', messageBody().replace('"v":1', '"v":9'), 'message v: '],
    ['becomes a record that is too large', tooLarge(), 'the table cannot keep it: ValidationEx'],
  ])('goes to the dead letters with the reason when it %s', async (_, body, reason) => {
    await platform.send(body);
    const letter = await vi.waitFor(async () => {
      const found = (await platform.deadLetters()).find(({ Body }) => Body === body);
      expect(found).toBeDefined();
      return found;
    }, 10_000);
    expect(letter?.MessageAttributes?.['reason']?.StringValue).toContain(reason);
    await queueIsEmpty();
  });

  it('keeps none behind it in its group waiting, and none beside it in its write', async () => {
    await tracker.stop();
    const ids = Array.from({ length: 7 }, () => newId());
    await platform.send('garbage', 'group');
    await platform.send(messageBody({ id: ids[0]! }), 'group');
    await platform.send(tooLarge());
    for (const id of ids.slice(1)) await platform.send(messageBody({ id }));
    tracker = platform.startTracker();
    for (const id of ids) expect((await recordOf(id)).state).toBe('queued');
    await queueIsEmpty();
  });
});
