import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Answer,
  type ApiUnderTest,
  as,
  identifyByWord,
  startApiUnderTest,
} from './startApiUnderTest.ts';

let api: ApiUnderTest;
const running: { stop(): Promise<void> }[] = [];
const ann = as('ann', 'scheduler');
const bob = as('bob', 'scheduler');
const operator = as('op', 'operator');

beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord });
  running.push(
    api.platform.startTracker(),
    api.platform.startEcho({
      'echo.say': ({ text, times }) => ({ said: text.repeat(times) }),
      'echo.ask': ({ children }) => ({ asked: children }),
    }),
  );
});
afterAll(async () => {
  await Promise.all(running.map(async (one) => one.stop()));
  await api.stop();
});

async function schedule(headers: Readonly<Record<string, string>>, given: object = {}) {
  const body = { task: 'echo.say', input: { text: 'hello' }, ...given };
  const accepted = await api.ask('POST', '/api/tasks', body, headers);
  expect(accepted.status).toBe(202);
  return accepted.body['id'] as string;
}

/** The task's record once it has ended. */
async function ended(id: string): Promise<Answer> {
  return vi.waitFor(
    async () => {
      const { body } = await api.ask('GET', `/api/tasks/${id}`, undefined, operator);
      expect(['succeeded', 'failed', 'cancelled']).toContain(body['state']);
      return body;
    },
    { timeout: 20_000 },
  );
}

const deferred = { options: { delay: '1h' } };
const type = (code: string) => `urn:taskfleet:problem:${code}`;

describe('POST /api/tasks/:id/cancel', () => {
  it('ends a task that has not begun, by whoever may', async () => {
    const id = await schedule(ann, deferred);
    const cancelled = await api.ask('POST', `/api/tasks/${id}/cancel`, {}, ann);
    expect(cancelled).toMatchObject({ status: 202, body: { became: 'cancelled' } });
    expect(await ended(id)).toMatchObject({ state: 'cancelled', cancel: { by: 'ann' } });
  });

  it("knows nothing of another's task, and ends none that has ended", async () => {
    const id = await schedule(ann);
    await ended(id);
    const others = await api.ask('POST', `/api/tasks/${id}/cancel`, {}, bob);
    expect(others).toMatchObject({ status: 404, body: { type: type('id-unknown') } });
    const late = await api.ask('POST', `/api/tasks/${id}/cancel`, undefined, ann);
    expect(late).toMatchObject({ status: 409, body: { type: type('task-ended') } });
  });

  it('cancels a family', async () => {
    const id = await schedule(ann, deferred);
    const path = `/api/tasks/${id}/family/cancel`;
    expect(await api.ask('POST', path, {}, bob)).toMatchObject({ status: 404 });
    expect(await api.ask('POST', path, {}, as('v', 'viewer'))).toMatchObject({ status: 403 });
    expect(await api.ask('POST', path, {}, operator)).toMatchObject({
      status: 202,
      body: { ids: [id] },
    });
  });
});

describe('POST /api/tasks/:id/retry', () => {
  it('runs the same again as a new task that names its origin', async () => {
    const id = await schedule(ann, { options: { subject: 'project/7' } });
    await ended(id);
    const retried = await api.ask('POST', `/api/tasks/${id}/retry`, undefined, operator);
    expect(retried).toMatchObject({ status: 202, body: { task: 'echo.say', origin: id } });
    expect(retried.body['id']).not.toBe(id);
    const record = await ended(retried.body['id']);
    const same = { subject: 'project/7', creator: 'ann', input: { text: 'hello' } };
    expect(record).toMatchObject({ retryOf: id, state: 'succeeded', ...same });
  });

  it('runs a large input again, which is in the bucket', async () => {
    const id = await schedule(ann, { input: { text: 'x'.repeat(100_000) } });
    await ended(id);
    const retried = await api.ask('POST', `/api/tasks/${id}/retry`, {}, ann);
    await ended(retried.body['id']);
    const output = await api.ask('GET', `/api/tasks/${retried.body['id']}/output`, undefined, ann);
    expect(output.body['output']['said']).toHaveLength(100_000);
  });

  it('wants the whole input again when it had secrets', async () => {
    const input = { text: 'hello', password: 'sesame' };
    const id = await schedule(ann, { input });
    await ended(id);
    const refused = await api.ask('POST', `/api/tasks/${id}/retry`, {}, ann);
    expect(refused).toMatchObject({ status: 409, body: { type: type('secrets-missing') } });
    const given = await api.ask('POST', `/api/tasks/${id}/retry`, { input }, ann);
    expect(given).toMatchObject({ status: 202, body: { origin: id } });
  });

  it.each([
    ['while it has not ended', { options: { delay: '1h' } }, {}, [409, 'task-not-ended']],
    ['with an input that does not fit', {}, { input: { text: 1 } }, [422, 'validation-failed']],
    ['with an unknown option', {}, { options: { later: 1 } }, [400, 'request-invalid']],
  ])('refuses %s', async (_when, given, body, [status, code]) => {
    const id = await schedule(ann, given);
    if (status !== 409) await ended(id);
    const refused = await api.ask('POST', `/api/tasks/${id}/retry`, body, ann);
    expect(refused).toMatchObject({ status, body: { type: type(String(code)) } });
  });

  it("knows nothing of another's task", async () => {
    const id = await schedule(ann);
    expect(await api.ask('POST', `/api/tasks/${id}/retry`, {}, bob)).toMatchObject({ status: 404 });
  });
});

describe('POST /api/tasks/:id/reschedule', () => {
  it('gives a waiting task another time', async () => {
    const id = await schedule(ann, deferred);
    const eta = '2999-01-01T00:00:00Z';
    const path = `/api/tasks/${id}/reschedule`;
    expect(await api.ask('POST', path, { eta }, bob)).toMatchObject({ status: 404 });
    expect(await api.ask('POST', path, {}, ann)).toMatchObject({ status: 400 });
    expect(await api.ask('POST', path, { eta, delay: '1m' }, ann)).toMatchObject({ status: 422 });
    expect(await api.ask('POST', path, { eta }, ann)).toMatchObject({ status: 422 });
    const soon = new Date(Date.now() + 7_200_000).toISOString();
    expect(await api.ask('POST', path, { eta: soon }, ann)).toMatchObject({
      status: 200,
      body: { dueAt: Date.parse(soon) },
    });
  });

  it('moves none that is out', async () => {
    const id = await schedule(ann);
    await ended(id);
    const late = await api.ask('POST', `/api/tasks/${id}/reschedule`, { delay: '1m' }, ann);
    expect(late).toMatchObject({ status: 409, body: { type: type('task-not-waiting') } });
  });
});

describe('GET /api/tasks/:id/output', () => {
  it('has what a task returned, and says why there is none', async () => {
    const id = await schedule(ann);
    await ended(id);
    const path = `/api/tasks/${id}/output`;
    expect(await api.ask('GET', path, undefined, ann)).toMatchObject({
      status: 200,
      body: { output: { said: 'hello' } },
    });
    expect(await api.ask('GET', path, undefined, bob)).toMatchObject({ status: 404 });
    const waiting = await schedule(ann, deferred);
    const early = await api.ask('GET', `/api/tasks/${waiting}/output`, undefined, ann);
    expect(early).toMatchObject({ status: 409, body: { type: type('task-not-ended') } });
    await api.ask('POST', `/api/tasks/${waiting}/cancel`, {}, ann);
    const cancelled = await api.ask('GET', `/api/tasks/${waiting}/output`, undefined, ann);
    expect(cancelled).toMatchObject({ status: 409, body: { type: type('task-failed') } });
    const ignored = await schedule(ann, { options: { ignoreResult: true } });
    await ended(ignored);
    const none = await api.ask('GET', `/api/tasks/${ignored}/output`, undefined, ann);
    expect(none).toMatchObject({ status: 410, body: { type: type('result-ignored') } });
  });
});
