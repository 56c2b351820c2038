import { createIdentify, KEY_REMEMBERED_MS } from '@taskfleet/platform/identity';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, type GuardedApi, startGuardedApi } from './startGuardedApi.ts';

let api: GuardedApi;
beforeAll(async () => {
  api = await startGuardedApi();
});
afterAll(async () => api.stop());

const list = async (headers: Readonly<Record<string, string>>) =>
  api.ask('GET', '/api/keys', undefined, headers);

describe('an API key', () => {
  it('is made, shown once, used, listed and revoked', async () => {
    const admin = await api.as('root', 'admin');
    const request = { name: 'ci', roles: ['viewer'], expiresIn: '90d' };
    const made = await api.ask('POST', '/api/keys', request, admin);
    expect(made).toMatchObject({ status: 201, body: { name: 'ci', createdBy: 'key:root' } });
    const { key, id } = made.body;
    expect(key).toMatch(/^tf_[0-9a-f]{16}_[\w-]{43}$/);
    const read = async () => (await api.ask('GET', '/api/tasks', undefined, bearer(key))).status;
    expect(await read()).toBe(200);
    await expect.poll(async () => (await list(admin)).body['keys'].length).toBe(2);
    const { body } = await list(admin);
    expect(body['keys']).toContainEqual(expect.objectContaining({ id, roles: ['viewer'] }));
    const secret = String(key).slice(20);
    expect(JSON.stringify(body)).not.toContain(secret);
    expect(JSON.stringify(body)).not.toContain('hash');
    expect((await api.ask('DELETE', `/api/keys/${id}`, undefined, admin)).status).toBe(204);
    expect((await api.ask('DELETE', `/api/keys/${id}`, undefined, admin)).status).toBe(404);
    await expect.poll(read, { timeout: 2 * KEY_REMEMBERED_MS }).toBe(401);
  });

  it('is not kept itself', async () => {
    const { id, key } = await api.keyOf('kept', 'viewer');
    const kept = JSON.stringify(await api.access.keys.find(id));
    expect(kept).toMatch(/"hash":"[0-9a-f]{64}"/);
    expect(kept).not.toContain(key.slice(20));
  });

  it.each([
    ['another secret', (key: string) => `${key.slice(0, -1)}${key.endsWith('A') ? 'E' : 'A'}`],
    ['another id', (key: string) => key.replace(/_[0-9a-f]{16}_/, '_0000000000000000_')],
    ['no secret', (key: string) => key.slice(0, 20)],
    ['a path in its id', (key: string) => key.replace(/_[0-9a-f]{16}_/, '_../result#x_')],
  ])('is refused with %s, and not repeated', async (_what, change) => {
    const { key } = await api.keyOf('wrong', 'admin');
    const answer = await list(bearer(change(key)));
    expect(answer).toMatchObject({
      status: 401,
      body: { type: 'urn:taskfleet:problem:credentials-invalid' },
    });
    expect(JSON.stringify(answer.body)).not.toContain(key.slice(20, 40));
  });

  it.each(['Basic cm9vdDpyb290', 'Bearer', 'Bearer a b', `Bearer ${'x'.repeat(8_000)}`])(
    'is expected instead of %s',
    async (authorization) => {
      expect((await list({ authorization })).status).toBe(401);
    },
  );

  it('ends when it was said', async () => {
    let now = systemClock.now();
    const clock = { now: () => now, monotonic: () => 0 };
    const identify = createIdentify({
      config: { kind: 'credentials' },
      keys: api.access.keys,
      clock,
    });
    const request = { name: 'brief', roles: ['viewer'] as const, expiresInMs: 60_000 };
    const { key } = await api.access.keys.create(request, 'test');
    expect(await identify(`bearer ${key}`)).toMatchObject({ name: 'key:brief', kind: 'key' });
    now += 61_000;
    await expect(identify(`Bearer ${key}`)).rejects.toThrow('the key has expired');
  });

  it('is read once in five seconds, and after a failure at once', async () => {
    const { key } = await api.keyOf('often', 'viewer');
    let [monotonic, reads, fails] = [0, 0, false];
    const find = async (id: string) => {
      reads += 1;
      if (fails) throw new Error('away');
      return api.access.keys.find(id);
    };
    const clock = { now: systemClock.now, monotonic: () => monotonic };
    const identify = createIdentify({ config: { kind: 'credentials' }, keys: { find }, clock });
    const ask = async () => identify(`Bearer ${key}`);
    await Promise.all([ask(), ask(), ask()]);
    monotonic = KEY_REMEMBERED_MS - 1;
    await ask();
    expect(reads).toBe(1);
    monotonic = KEY_REMEMBERED_MS;
    fails = true;
    await expect(ask()).rejects.toThrow('away');
    fails = false;
    await ask();
    expect(reads).toBe(3);
  });
});

describe('a token', () => {
  it('may what it says and its roles may, and is in no list', async () => {
    const admin = await api.as('minter', 'admin');
    const request = { name: 'w', roles: ['operator'], only: ['tasks:read'], expiresIn: '5m' };
    const { status, body } = await api.ask('POST', '/api/tokens', request, admin);
    expect(status).toBe(201);
    const token = bearer(body['key']);
    expect((await api.ask('GET', '/api/tasks', undefined, token)).status).toBe(200);
    const task = { task: 'echo.say', input: { text: 'x', times: 1 } };
    expect((await api.ask('POST', '/api/tasks', task, token)).status).toBe(403);
    const { keys } = (await list(admin)).body;
    expect(keys).not.toContainEqual(expect.objectContaining({ id: body['id'] }));
  });

  it('is of no use after its time', async () => {
    const shared = { name: 'brief', roles: ['operator' as const] };
    const minted = await api.access.keys.mint({ ...shared, expiresInMs: 1_000 }, 'test');
    const ask = async () => {
      const task = { task: 'echo.say', input: { text: 'x', times: 'bad' } };
      return api.ask('POST', '/api/tasks', task, bearer(minted.key));
    };
    await expect.poll(ask, { timeout: 10_000 }).toMatchObject({
      status: 401,
      body: { detail: expect.stringContaining('the token has expired') },
    });
  });

  it('is never for more than an hour', async () => {
    const admin = await api.as('minter', 'admin');
    const request = { name: 'w', roles: ['viewer'], expiresIn: '2h' };
    expect(await api.ask('POST', '/api/tokens', request, admin)).toMatchObject({
      status: 422,
      body: { detail: 'expiresIn: expected from 1s to 1h for a token' },
    });
  });

  it('gives no more than it has itself', async () => {
    const request = { name: 'x', roles: ['admin' as const], only: ['keys:manage' as const] };
    const minted = await api.access.keys.mint({ ...request, expiresInMs: 60_000 }, 'test');
    const token = bearer(minted.key);
    for (const [path, wanted] of [
      ['/api/keys', { name: 'more', roles: ['viewer'] }],
      ['/api/tokens', { name: 'more', roles: ['scheduler'] }],
    ] as const) {
      expect(await api.ask('POST', path, wanted, token)).toMatchObject({
        status: 403,
        body: { type: 'urn:taskfleet:problem:delegation-refused' },
      });
    }
    const same = { name: 'same', roles: ['admin'], only: ['keys:manage'] };
    expect((await api.ask('POST', '/api/tokens', same, token)).status).toBe(201);
  });
});

it.each([
  [{ name: 'a\r\nset-cookie: x', roles: ['viewer'] }, 422],
  [{ name: '', roles: ['viewer'] }, 422],
  [{ name: 'a', roles: [] }, 400],
  [{ name: 'a', roles: ['root'] }, 400],
  [{ name: 'a', roles: ['viewer'], expiresIn: 'soon' }, 400],
  [{ name: 'a', roles: ['viewer'], admin: true }, 400],
])('refuses a key like %j', async (request, status) => {
  const admin = await api.as('root', 'admin');
  const answer = await api.ask('POST', '/api/keys', request, admin);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('set-cookie')).toBeNull();
});
