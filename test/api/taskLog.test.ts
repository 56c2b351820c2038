import { type LogLine, packLines, putLog } from '@taskfleet/toolbox/table';
import type { TaskId } from '@taskfleet/toolbox/contract';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { virtualClock } from '../fixtures/virtualClock.ts';
import { newId } from '../platform/startPlatformUnderTest.ts';
import { listen } from './listen.ts';
import { type ApiUnderTest, as, identifyByWord, startApiUnderTest } from './startApiUnderTest.ts';

let api: ApiUnderTest;
const clock = virtualClock(Date.now(), () => 0.5);
beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord, clock });
});
afterAll(async () => api.stop());

const ann = as('ann', 'scheduler');
const bob = as('bob', 'scheduler');
const eve = as('eve', 'viewer');
const AT = 1_700_000_000_000;

/** A task of Ann's that does not run. */
async function schedule(): Promise<TaskId> {
  const body = { task: 'echo.say', input: { text: 'hi' }, options: { delay: '1h' } };
  return (await api.ask('POST', '/api/tasks', body, ann)).body['id'] as TaskId;
}

const lineOf = (n: number): LogLine => ({ at: AT, level: 'warn', message: `line ${n}` });
const linesOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => lineOf(from + i));

/** The attempt with this token has said lines up to here, of which the last ones are kept. */
async function keep(id: TaskId, token: number, [from, to]: readonly [number, number]) {
  const log = { id, attempt: token, token, said: to, packed: packLines(linesOf(from, to)) };
  expect(await putLog(api.platform.table, { ...log, expiresAt: 9e12 })).toBe(true);
}

const read = async (id: string, query = '', headers = ann) =>
  api.ask('GET', `/api/tasks/${id}/log${query}`, undefined, headers);

describe('GET /api/tasks/:id/log', () => {
  it('has nothing of a task that has said nothing, and a cursor to go on from', async () => {
    const id = await schedule();
    const { status, body } = await read(id);
    expect(status).toBe(200);
    expect(body).toEqual({ lines: [], dropped: 0, cursor: expect.any(String) });
    await keep(id, 1, [0, 2]);
    const next = await read(id, `?after=${body['cursor']}`);
    expect(next.body).toMatchObject({ attempt: 1, lines: linesOf(0, 2), dropped: 0 });
  });

  it('goes on after a cursor, and says how many lines are missing between', async () => {
    const id = await schedule();
    await keep(id, 1, [0, 4]);
    const first = await read(id);
    expect(first.body).toMatchObject({ lines: linesOf(0, 4), dropped: 0 });
    const after = `?after=${first.body['cursor']}`;
    expect((await read(id, after)).body).toMatchObject({ lines: [], dropped: 0 });
    await keep(id, 1, [3, 6]);
    expect((await read(id, after)).body).toMatchObject({ lines: linesOf(4, 6), dropped: 0 });
    await keep(id, 1, [9, 12]);
    expect((await read(id, after)).body).toMatchObject({ lines: linesOf(9, 12), dropped: 5 });
    expect((await read(id)).body).toMatchObject({ lines: linesOf(9, 12), dropped: 9 });
  });

  it('begins anew with another attempt', async () => {
    const id = await schedule();
    await keep(id, 1, [0, 4]);
    const after = `?after=${(await read(id)).body['cursor']}`;
    await keep(id, 2, [0, 1]);
    const { body } = await read(id, after);
    expect(body).toMatchObject({ attempt: 2, lines: linesOf(0, 1), dropped: 0 });
  });

  it('is for whoever may read the task, and for others as if there were none', async () => {
    const id = await schedule();
    await keep(id, 1, [0, 1]);
    expect((await read(id, '', eve)).body).toMatchObject({ lines: linesOf(0, 1) });
    const refused = { status: 404, body: { type: 'urn:taskfleet:problem:id-unknown' } };
    expect(await read(id, '', bob)).toMatchObject(refused);
    expect(await read(newId())).toMatchObject(refused);
    expect(await read('no-id')).toMatchObject(refused);
  });

  it.each(['?after=x', '?after=1.-1', '?after=1e9.1', '?since=1', `?after=${'1'.repeat(50)}`])(
    'refuses %s',
    async (query) => {
      expect((await read(await schedule(), query)).status).toBe(400);
    },
  );

  it('can be watched', async () => {
    const id = await schedule();
    await keep(id, 1, [0, 1]);
    const listener = await listen(api.address, `watch=log&id=${id}`, ann);
    const other = await listen(api.address, `watch=log&id=${id}`, bob);
    expect(await listener.nextOf('log')).toMatchObject({ attempt: 1, lines: linesOf(0, 1) });
    await keep(id, 1, [0, 2]);
    clock.pass(1_000);
    await setImmediate();
    expect(await listener.nextOf('log')).toMatchObject({ lines: linesOf(0, 2) });
    expect(await other.nextOf('problem')).toMatchObject({ status: 404, watch: 'log' });
    listener.leave();
    other.leave();
  });
});
