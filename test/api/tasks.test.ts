import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiUnderTest, startApiUnderTest } from './startApiUnderTest.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(async () => api.stop());

describe('POST /api/tasks', () => {
  it('accepts a task, and says where it can be read', async () => {
    const tracker = api.platform.startTracker();
    const accepted = await api.ask('POST', '/api/tasks', {
      task: 'echo.say',
      input: { text: 'hello', times: 2 },
      options: { subject: 'project/1', delay: '10m' },
    });
    expect(accepted).toMatchObject({ status: 202, body: { task: 'echo.say' } });
    const read = await api.ask('GET', accepted.headers.get('location') ?? '');
    expect(read).toMatchObject({
      status: 200,
      body: { id: accepted.body['id'], state: 'scheduled', subject: 'project/1', creator: 'local' },
    });
    await tracker.stop();
  });

  it.each([
    ['an unknown task', { task: 'echo.sai', input: {} }, 422, ['task-unknown', 'echo.say']],
    [
      'an input that does not fit',
      { task: 'echo.say', input: { times: 1 } },
      422,
      ['validation-failed', 'text'],
    ],
    [
      'an unknown option',
      { task: 'echo.say', input: {}, options: { later: true } },
      400,
      ['request-invalid', 'later'],
    ],
    ['a body without a task', { input: {} }, 400, ['request-invalid', 'body.task']],
  ])('refuses %s in one line', async (_what, body, status, [type, detail]) => {
    const refused = await api.ask('POST', '/api/tasks', body);
    expect(refused).toMatchObject({
      status,
      body: { type: `urn:taskfleet:problem:${type}`, status },
    });
    expect(refused.body['detail']).toContain(detail);
    expect(refused.body['detail']).not.toContain('\n');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('GET /api/tasks/:id', () => {
  it.each(['echo_01a1fdf9390e744390161e229b667617', 'nonsense'])('knows no %s', async (id) => {
    const answer = await api.ask('GET', `/api/tasks/${id}`);
    expect(answer).toMatchObject({
      status: 404,
      body: { type: 'urn:taskfleet:problem:id-unknown' },
    });
  });
});

describe('the API', () => {
  it('says of itself what it is, in OpenAPI 3.1', async () => {
    const { body } = await api.ask('GET', '/openapi.json');
    expect(body['openapi']).toBe('3.1.0');
    expect(Object.keys(body['paths'])).toEqual(
      expect.arrayContaining(['/healthz', '/readyz', '/api/tasks', '/api/tasks/{id}']),
    );
  });

  it('answers nothing on paths that are not there', async () => {
    const { status, body } = await api.ask('GET', '/api/nothing?secret=1');
    expect(status).toBe(404);
    expect(body['detail']).not.toContain('secret');
  });

  it.each(['/healthz', '/readyz'])('is well: %s', async (path) => {
    expect(await api.ask('GET', path)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});
