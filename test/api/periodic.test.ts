import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiUnderTest, as, identifyByWord, startApiUnderTest } from './startApiUnderTest.ts';

let api: ApiUnderTest;
const viewer = as('eve', 'viewer');
const operator = as('op', 'operator');
beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord });
});
afterAll(async () => api.stop());

const read = async (path: string, headers = viewer) => api.ask('GET', path, undefined, headers);
const post = async (path: string, body: unknown = {}, headers = operator) =>
  api.ask('POST', path, body, headers);
const input = { text: 'hi', password: 'sesame' };
const nightly = { name: 'nightly', task: 'echo.say', input, cron: '0 3 * * *' };
const type = (code: string) => `urn:taskfleet:problem:${code}`;

describe('periodic tasks', () => {
  it('are added, read, listed and removed, without their secrets', async () => {
    const added = await post('/api/periodic', { ...nightly, timeZone: 'Europe/Berlin' });
    expect(added).toMatchObject({
      status: 201,
      body: {
        name: 'nightly',
        origin: 'added',
        next: { length: 5 },
        rule: {
          task: 'echo.say',
          input: { text: 'hi', password: '[secret]' },
          timing: { cron: '0 3 * * *', timeZone: 'Europe/Berlin' },
          missed: 'once',
          creator: 'op',
        },
      },
    });
    const path = added.headers.get('location') ?? '';
    expect(await read(path)).toMatchObject({ status: 200, body: added.body });
    const list = await read('/api/periodic');
    expect(list).toMatchObject({ status: 200, body: { periodic: [added.body] } });
    const twice = await post('/api/periodic', nightly);
    expect(twice).toMatchObject({ status: 409, body: { type: type('periodic-exists') } });
    expect(await api.ask('DELETE', path, undefined, viewer)).toMatchObject({ status: 403 });
    const removed = await api.ask('DELETE', path, undefined, operator);
    expect(removed).toMatchObject({ status: 204, body: '' });
    expect(await read(path)).toMatchObject({
      status: 404,
      body: { type: type('periodic-unknown') },
    });
    expect(await api.ask('DELETE', path, undefined, operator)).toMatchObject({ status: 404 });
  });

  it('are paused, run by hand and resumed', async () => {
    await post('/api/periodic', { ...nightly, name: 'by-hand' });
    const paused = await post('/api/periodic/by-hand/pause');
    expect(paused).toMatchObject({ status: 200, body: { paused: { by: 'op' }, next: [] } });
    const run = await post('/api/periodic/by-hand/run');
    expect(run.status).toBe(202);
    expect(run.headers.get('location')).toBe(`/api/tasks/${run.body['id']}`);
    const { body } = await read('/api/periodic/by-hand');
    expect(body['last']).toMatchObject({ id: run.body['id'] });
    const resumed = await post('/api/periodic/by-hand/resume');
    expect(resumed).toMatchObject({ status: 200, body: { next: { length: 5 } } });
    expect(resumed.body['paused']).toBeUndefined();
  });

  it.each([
    ['without a time', { cron: undefined }, [422, 'definition-invalid']],
    ['with two times', { every: '5m' }, [422, 'definition-invalid']],
    ['with a time that never is', { cron: '0 0 31 2 *' }, [422, 'definition-invalid']],
    ['with an input that does not fit', { input: {} }, [422, 'definition-invalid']],
    ['of an unknown task', { task: 'echo.sai' }, [422, 'task-unknown']],
    ['with a name that is none', { name: '../x' }, [422, 'definition-invalid']],
    ['with an unknown field', { when: 'soon' }, [400, 'request-invalid']],
    ['that expires some day', { expires: 'soon' }, [400, 'request-invalid']],
  ])('are refused %s', async (_what, given, [status, code]) => {
    const refused = await post('/api/periodic', { ...nightly, name: 'refused', ...given });
    expect(refused).toMatchObject({ status, body: { type: type(String(code)) } });
    expect(JSON.stringify(refused.body)).not.toContain('sesame');
  });

  it.each(['pause', 'resume', 'run'])(
    'are for operators to %s, and have to be there',
    async (action) => {
      expect(await post(`/api/periodic/none/${action}`, {}, viewer)).toMatchObject({ status: 403 });
      expect(await post(`/api/periodic/none/${action}`)).toMatchObject({ status: 404 });
    },
  );

  it('are for operators to add, and for viewers to read', async () => {
    expect(await post('/api/periodic', nightly, viewer)).toMatchObject({ status: 403 });
    const scheduler = as('s', 'scheduler');
    expect(await read('/api/periodic', scheduler)).toMatchObject({ status: 403 });
    expect(await read('/api/periodic/nightly', scheduler)).toMatchObject({ status: 403 });
  });
});
