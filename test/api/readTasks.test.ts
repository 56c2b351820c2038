import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiUnderTest, as, identifyByWord, startApiUnderTest } from './startApiUnderTest.ts';

// Nothing tracks here: what is read is what the API itself has kept.
let api: ApiUnderTest;
const ann = as('ann', 'scheduler');
const bob = as('bob', 'scheduler');
const viewer = as('eve', 'viewer');
/** The last first, as lists are. */
const ids: string[] = [];

beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord, extraReplicas: 1 });
  for (const [headers, options] of [
    [ann, { subject: 'project/1' }],
    [ann, { subject: 'project/2' }],
    [bob, { subject: 'project/1', delay: '1h' }],
  ] as const) {
    const body = { task: 'echo.say', input: { text: 'hi', password: 'sesame' }, options };
    const accepted = await api.ask('POST', '/api/tasks', body, headers);
    ids.unshift(accepted.body['id']);
  }
});
afterAll(async () => api.stop());

async function listed(query: string, headers = viewer): Promise<readonly string[]> {
  const { status, body } = await api.ask('GET', `/api/tasks?${query}`, undefined, headers);
  expect(status).toBe(200);
  return body['tasks'].map(({ id }: { id: string }) => id);
}

describe('a task that was just scheduled', () => {
  it('can be read and listed at once on every replica, though nothing tracks', async () => {
    const body = { task: 'echo.say', input: { text: 'now', password: 'sesame' } };
    const other = api.replicas[0]!;
    const { body: accepted } = await api.ask('POST', '/api/tasks', body, as('new', 'scheduler'));
    const read = await other.ask('GET', `/api/tasks/${accepted['id']}`, undefined, viewer);
    expect(read).toMatchObject({
      status: 200,
      body: { state: 'queued', creator: 'new', input: { text: 'now', password: '[secret]' } },
    });
    const list = await other.ask('GET', '/api/tasks?creator=new', undefined, viewer);
    expect(list.body['tasks']).toMatchObject([{ id: accepted['id'] }]);
  });

  it('is the first one of those with one key', async () => {
    const call = async (text: string) =>
      api.ask(
        'POST',
        '/api/tasks',
        { task: 'echo.say', input: { text }, options: { idempotencyKey: 'k' } },
        as('key', 'scheduler'),
      );
    const [first, second] = [await call('one'), await call('two')];
    expect(second.body['id']).toBe(first.body['id']);
    const read = await api.ask('GET', `/api/tasks/${first.body['id']}`, undefined, viewer);
    expect(read.body['input']).toEqual({ text: 'one' });
  });
});

describe('GET /api/tasks', () => {
  it('shows everybody what they may see', async () => {
    const [third, second, first] = ids;
    expect(await listed('', ann)).toEqual([second, first]);
    expect(await listed('creator=bob', ann)).toEqual([second, first]);
    expect(await listed('creator=bob')).toEqual([third]);
    expect(await listed('subject=project/1&task=echo.say')).toEqual([third, first]);
    expect(await listed('state=scheduled')).toEqual([third]);
    expect(await listed('lost=true')).toEqual([]);
    expect(await listed(`family=${first}`, ann)).toEqual([first]);
  });

  it('lists by time, both ends included, page by page', async () => {
    const [third, second, first] = ids;
    const at = async (id = '') =>
      (await api.ask('GET', `/api/tasks/${id}`, undefined, viewer)).body['createdAt'] as number;
    const [from, to] = [await at(first), await at(second)];
    expect(await listed(`from=${from}&to=${to}`)).toEqual([second, first]);
    expect(await listed(`from=${to + 1}&subject=project/1`)).toEqual([third]);
    expect(await listed(`to=${from - 1}`)).toEqual([]);
    expect(await listed(`family=${first}&to=${from - 1}`)).toEqual([]);
    const query = `/api/tasks?from=${from}&to=${to}&limit=1`;
    const page = await api.ask('GET', query, undefined, viewer);
    expect(page.body['tasks']).toMatchObject([{ id: second }]);
    expect(await listed(`from=${from}&to=${to}&cursor=${page.body['cursor']}`)).toEqual([first]);
    expect(await listed(`from=${to + 1}&cursor=${page.body['cursor']}`)).toEqual([]);
  });

  it.each([
    ['limit=0', 400],
    ['limit=1e99', 400],
    ['limit=501', 400],
    ['state=asleep', 400],
    ['cursor=nonsense', 400],
    ['cursor=recent.zzzzzzzzzzz.echo_01a1fdf9390e744390161e229b667617', 400],
    ['from=yesterday', 400],
    ['from=-1', 400],
    ['from=1e30', 400],
    ['from=2&to=1', 400],
    ['subject=', 400],
    [`subject=${'x'.repeat(3_000)}`, 400],
    ['unknown=1', 400],
    ['state=failed&state=dead', 400],
    ['__proto__=1', 400],
    ['family=nonsense', 404],
    ['family=echo_01a1fdf9390e744390161e229b667617', 404],
  ])('refuses %s', async (query, status) => {
    const refused = await api.ask('GET', `/api/tasks?${query}`, undefined, viewer);
    expect(refused).toMatchObject({ status, body: { status } });
  });

  it('asks who it is for', async () => {
    expect(await api.ask('GET', '/api/tasks')).toMatchObject({ status: 401 });
  });
});

describe('GET /api/families/:id', () => {
  it('has the whole family, for whoever may see it', async () => {
    const [id] = ids;
    const family = await api.ask('GET', `/api/families/${id}`, undefined, bob);
    expect(family).toMatchObject({
      status: 200,
      body: { root: id, state: 'scheduled', counts: { scheduled: 1 }, tasks: [{ id }] },
    });
    expect(await api.ask('GET', `/api/families/${id}`, undefined, ann)).toMatchObject({
      status: 404,
    });
    const odd = await api.ask('GET', `/api/families/${id}?cursor=x`, undefined, bob);
    expect(odd).toMatchObject({ status: 400 });
  });
});

describe('what the fleet is', () => {
  it('has the contracts, secrets marked, for who may schedule', async () => {
    const { status, body } = await api.ask('GET', '/api/contracts', undefined, ann);
    expect(status).toBe(200);
    expect(body['tasks'].map(({ name }: { name: string }) => name)).toEqual([
      'echo.say',
      'echo.ask',
    ]);
    expect(body['tasks'][0]).toMatchObject({
      worker: 'echo',
      maxAttempts: 1,
      timeLimitMs: 600_000,
      hasPriority: false,
      inputSchema: { properties: { password: { type: 'string', writeOnly: true } } },
      outputSchema: { properties: { said: { type: 'string' } } },
    });
  });

  it('says who asks, and whether tasks can be scheduled', async () => {
    const { body } = await api.ask('GET', '/api/me', undefined, ann);
    expect(body).toEqual({
      name: 'ann',
      kind: 'key',
      roles: ['scheduler'],
      permissions: { 'tasks:read': 'own', 'tasks:schedule': 'own', 'tasks:change': 'own' },
      stage: 'local',
      isLocal: true,
      hasDemo: false,
    });
    const available = await api.ask('GET', '/api/availability', undefined, ann);
    expect(available).toMatchObject({ status: 200, body: { available: true } });
    expect(await api.ask('GET', '/api/availability')).toMatchObject({ status: 401 });
  });
});
