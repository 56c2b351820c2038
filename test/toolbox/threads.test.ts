import { readLog } from '@taskfleet/toolbox/table';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  compute,
  deaf,
  double,
  endless,
  fail,
  hoard,
  obedient,
  sum,
  talk,
  weave,
  which,
} from '../fixtures/forge/contract.ts';
import { ForgeBench } from '../fixtures/forge/forgeBench.ts';

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-forge-'));
let bench: ForgeBench;
let extensions = 0;
beforeAll(async () => {
  bench = await ForgeBench.open();
  bench.clients.sqs.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (commandName?.startsWith('ChangeMessageVisibility')) extensions += 1;
        return answer;
      },
    { step: 'initialize' },
  );
  bench.start();
});
afterAll(async () => {
  await bench.close();
  rmSync(folder, { recursive: true });
});

describe('a handler that computes', () => {
  it('delays no heartbeats: its lease is extended again and again while it never yields', async () => {
    const until = join(folder, 'enough');
    const { id } = await bench.scheduler.schedule(compute, { until });
    await bench.untilState(id, 'running');
    const before = extensions;
    // One alone could have been under way: the second is a third of a lease later.
    await expect.poll(() => extensions, { timeout: 20_000 }).toBeGreaterThanOrEqual(before + 3);
    writeFileSync(until, '');
    expect(await bench.untilState(id, 'succeeded')).toMatchObject({ attempt: 1 });
  });

  it('is ended at its hard limit, and the worker goes on', async () => {
    const { id } = await bench.scheduler.schedule(endless, {});
    expect(await bench.untilState(id, 'failed')).toMatchObject({
      error: { name: 'TimeLimitError', message: expect.stringContaining('1000 ms') },
    });
    expect(bench.memory.of('handler.killed')).toMatchObject([{ id, attempt: 1 }]);
    const next = await bench.scheduler.schedule(which, {});
    expect(await next.result({ timeout: '20s' })).toEqual(expect.any(Number));
    expect(bench.memory.of('pool.broken')).toEqual([]);
  });

  it('is ended five seconds after a cancel that it does not hear', async () => {
    const { id } = await bench.scheduler.schedule(deaf, {});
    await bench.untilProgress(id);
    await bench.cancel(id, 'alice');
    expect(await bench.untilState(id, 'cancelled')).toMatchObject({ attempt: 1 });
    expect(bench.memory.of('handler.killed')).toMatchObject([
      {},
      { id, reason: 'the task was cancelled by alice' },
    ]);
  });

  it.each(['objects', 'buffers'] as const)(
    'and keeps too many %s is ended, and the record names the cap',
    async (what) => {
      const { id } = await bench.scheduler.schedule(hoard, { what });
      expect(await bench.untilState(id, 'failed')).toMatchObject({
        error: { name: 'MemoryCapError', message: expect.stringContaining('192MB') },
      });
      const next = await bench.scheduler.schedule(which, {});
      expect(await next.result({ timeout: '20s' })).toEqual(expect.any(Number));
    },
  );
});

describe('a handler in a thread', () => {
  it('has all of its context: facts, log, progress, files, and tasks of its family', async () => {
    const input = { day: '2026-11-21T00:00:00Z' };
    const options = { creator: 'me', subject: 's/1' };
    const handle = await bench.scheduler.schedule(talk, input, options);
    const { id } = handle;
    const output = await handle.result({ timeout: '25s' });
    expect(output).toMatchObject({
      facts: { id, attempt: 1, idempotencyKey: id, creator: 'me', subject: 's/1' },
      read: 'hello',
      childOutput: expect.any(Number),
    });
    expect(bench.memory.lines).toContainEqual(
      expect.objectContaining({ msg: 'half way', level: 'warn', id, attempt: 1, day: 2_026 }),
    );
    expect(await bench.recordOf(id)).toMatchObject({ progress: { fraction: 0.5, note: 'half' } });
    expect(bench.memory.of('task.started')).toContainEqual(
      expect.objectContaining({ id: output.child }),
    );
  });

  it('starts flows, whose members run in threads too', async () => {
    const handle = await bench.scheduler.schedule(weave, {}, { creator: 'me' });
    expect(await handle.result({ timeout: '25s' })).toEqual({
      chord: 6,
      map: [6, 8],
      group: [2, 4],
    });
    // Six messages: two members and a callback, one for all of a map, two members.
    const began = bench.memory.of('task.started').map(({ task }) => task);
    const members = began.filter((task) => task === double.name || task === sum.name);
    expect(members.toSorted()).toEqual([...Array.from({ length: 5 }, () => double.name), sum.name]);
  });

  it('hears why its signal aborts', async () => {
    const { id } = await bench.scheduler.schedule(obedient, {});
    await bench.untilProgress(id);
    await bench.cancel(id, 'bob');
    await bench.untilState(id, 'cancelled');
    expect(bench.memory.lines).toContainEqual(
      expect.objectContaining({ id, reason: 'CancelledError', said: expect.stringMatching('bob') }),
    );
    expect(bench.memory.of('handler.killed')).not.toContainEqual(expect.objectContaining({ id }));
    const kept = { lines: [{ fields: { reason: 'CancelledError' } }] };
    await expect
      .poll(async () => readLog(bench.table, id), { timeout: 10_000 })
      .toMatchObject(kept);
  });

  it.each([
    ['own', { name: 'OwnError', message: 'mine' }],
    ['permanent', { name: 'OwnNonRetryable', message: 'for good' }],
    ['missing', { name: 'ArtifactNotFoundError' }],
  ])('fails for good where it would without one: %s', async (how, error) => {
    const { id } = await bench.scheduler.schedule(fail, { how });
    expect(await bench.untilState(id, 'failed')).toMatchObject({ attempt: 1, error });
    await expect
      .poll(() => bench.memory.of('task.failed'))
      .toContainEqual(expect.objectContaining({ id, stack: expect.stringMatching(/at .*\.ts:/) }));
  });

  it.each([
    ['text', 'the handler threw a text'],
    ['exit', 'its thread ended by itself, with the exit code 7'],
    ['stray', 'an error that nobody caught ended its thread: nobody caught me'],
  ])('is tried again where it would be without one: %s', async (how, message) => {
    const { id } = await bench.scheduler.schedule(fail, { how });
    expect(await bench.untilState(id, 'failed')).toMatchObject({ attempt: 3, error: { message } });
  });

  it('may ask for a later attempt, or a later time', async () => {
    const later = await bench.scheduler.schedule(fail, { how: 'later' });
    const snoozed = await bench.scheduler.schedule(fail, { how: 'snooze' });
    expect(await later.result({ timeout: '20s' })).toBe('done');
    await expect
      .poll(() => bench.memory.of('task.snoozed'), { timeout: 20_000 })
      .toMatchObject([{ id: snoozed.id, delayMs: 3_600_000 }]);
  });

  it('has its secret input in no log', async () => {
    const { id } = await bench.scheduler.schedule(fail, { how: 'own', pin: 'hunter1' });
    const record = await bench.untilState(id, 'failed');
    expect(JSON.stringify([record, bench.memory.lines])).not.toContain('hunter');
  });
});
