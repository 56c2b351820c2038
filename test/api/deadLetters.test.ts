import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageBody, newId } from '../platform/startPlatformUnderTest.ts';
import {
  type Answer,
  type ApiUnderTest,
  as,
  identifyByWord,
  startApiUnderTest,
} from './startApiUnderTest.ts';

let api: ApiUnderTest;
const running: { stop(): Promise<void> }[] = [];
const viewer = as('eve', 'viewer');
const operator = as('op', 'operator');
const PATIENCE = { timeout: 20_000 } as const;

beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord });
  const { platform } = api;
  running.push(
    platform.startWatcher(),
    platform.startEcho({
      'echo.say': ({ text }) => ({ said: text }),
      'echo.ask': ({ children }) => ({ asked: children }),
    }),
  );
});
afterAll(async () => {
  await Promise.all(running.map(async (one) => one.stop()));
  await api.stop();
});
beforeEach(async () => {
  await post('/api/dead-letters/purge', { service: 'echo' });
});

const read = async (path: string, headers = viewer) => api.ask('GET', path, undefined, headers);
const post = async (path: string, body: unknown = {}, headers = operator) =>
  api.ask('POST', path, body, headers);
const listed = async (query = ''): Promise<readonly Answer[]> =>
  (await read(`/api/dead-letters?${query}`)).body['letters'];
const type = (code: string) => `urn:taskfleet:problem:${code}`;

/** Has the worker bury tasks that nobody knows. Resolves to their ids once they are listed. */
async function bury(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, () => newId());
  for (const id of ids) await api.platform.publish(messageBody({ id, task: 'echo.sing' }));
  await expect.poll(async () => (await listed()).length, PATIENCE).toBe(count);
  return ids;
}

describe('GET /api/dead-letters', () => {
  it('lists and reads letters, page by page', async () => {
    const ids = await bury(2);
    const page = await read('/api/dead-letters?service=echo&limit=1');
    expect(page).toMatchObject({
      status: 200,
      body: { letters: [{ service: 'echo', state: 'waiting', task: 'echo.sing' }] },
    });
    const [next] = await listed(`service=echo&limit=1&cursor=${page.body['cursor']}`);
    expect([page.body['letters'][0].id, next?.['id']].toSorted()).toEqual(ids.toSorted());
    expect(await listed('service=platform')).toEqual([]);
    const detail = await read(`/api/dead-letters/${ids[0]}`);
    expect(detail).toMatchObject({ status: 200, body: { letter: { id: ids[0], attempt: 0 } } });
  });

  it('shows what was in a message that nobody can read to operators alone', async () => {
    await api.platform.publish('sesame, and no JSON');
    await expect.poll(async () => (await listed()).length, PATIENCE).toBe(1);
    const [letter] = await listed();
    const path = `/api/dead-letters/${letter?.['id']}`;
    expect((await read(path, operator)).body['body']).toBe('sesame, and no JSON');
    expect(JSON.stringify((await read(path)).body)).not.toContain('sesame');
  });

  it.each([
    ['/api/dead-letters?service=ecko', 404, 'service-unknown'],
    ['/api/dead-letters?limit=0', 400, 'request-invalid'],
    ['/api/dead-letters?cursor=nonsense', 400, 'list-request-invalid'],
    ['/api/dead-letters/nonsense', 404, 'letter-unknown'],
    ['/api/dead-letters/echo_01a1fdf9390e744390161e229b667617', 404, 'letter-unknown'],
  ])('refuses %s', async (path, status, code) => {
    expect(await read(path)).toMatchObject({ status, body: { type: type(code) } });
  });
});

describe('dead letters', () => {
  it('are put back, one or all of a service', async () => {
    const [id] = await bury(1);
    const one = await post(`/api/dead-letters/${id}/redrive`);
    expect(one).toMatchObject({ status: 202, body: { redriven: [id], pending: [] } });
    // The worker knows the task as little as before.
    await expect.poll(async () => (await listed())[0]?.['state'], PATIENCE).toBe('waiting');
    const all = await post('/api/dead-letters/redrive', { service: 'echo' });
    expect(all).toMatchObject({ status: 202, body: { redriven: [id], pending: [] } });
    await expect.poll(async () => (await listed()).length, PATIENCE).toBe(1);
  });

  it('are deleted, one or all of a service', async () => {
    const [first, ...others] = await bury(3);
    const one = await post(`/api/dead-letters/${first}/purge`);
    expect(one).toMatchObject({ status: 202, body: { purged: [first] } });
    const { body } = await read(`/api/dead-letters/${first}`);
    expect(body['letter']).toMatchObject({ state: 'purged' });
    const late = await post(`/api/dead-letters/${first}/redrive`);
    expect(late).toMatchObject({ status: 404, body: { type: type('letter-unknown') } });
    const all = await post('/api/dead-letters/purge', { service: 'echo' });
    expect(all.status).toBe(202);
    expect(all.body['purged'].toSorted()).toEqual(others.toSorted());
    expect(await listed()).toEqual([]);
  });

  it.each(['redrive', 'purge'])('are for operators to %s', async (action) => {
    const [id] = await bury(1);
    const [one, all] = [`/api/dead-letters/${id}/${action}`, `/api/dead-letters/${action}`];
    expect(await post(one, {}, viewer)).toMatchObject({ status: 403 });
    expect(await post(all, { service: 'echo' }, viewer)).toMatchObject({ status: 403 });
    expect(await post(all, {})).toMatchObject({ status: 400 });
    expect(await post(all, { service: 'ecko' })).toMatchObject({ status: 404 });
    expect(await post(`/api/dead-letters/none/${action}`)).toMatchObject({ status: 404 });
    expect(await listed()).toMatchObject([{ id, state: 'waiting' }]);
  });
});
