import { GRANTS, ROLES } from '@taskfleet/platform/identity';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GuardedApi, startGuardedApi } from './startGuardedApi.ts';
import { tracesOf } from './tracesOf.ts';

let api: GuardedApi;
let guarded: readonly (readonly [method: string, path: string])[];
beforeAll(async () => {
  api = await startGuardedApi();
  const { body } = await api.ask('GET', '/openapi.json');
  guarded = Object.entries<object>(body['paths'])
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method, path] as const))
    .filter(([, path]) => /^\/(api\/|metrics$)/.test(path) && path !== '/api/sign-in')
    .map(([method, path]) => [method.toUpperCase(), path.replaceAll(/\{[^}]*\}/g, 'x')]);
});
afterAll(async () => api.stop());

const LATER = { task: 'echo.say', input: { text: 'x', times: 1 }, options: { delay: '1h' } };

const done = async () => {
  const { entries } = await api.access.audit.list({ limit: 50 });
  const { tasks } = await api.access.reader.list({ limit: 50 });
  return [entries, tasks];
};

describe('every route', () => {
  it('wants credentials, and does nothing without', async () => {
    expect(guarded.length).toBeGreaterThanOrEqual(8);
    for (const [method, path] of guarded) {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const answer = await api.ask(method, path, body);
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.body).toEqual({
        type: 'urn:taskfleet:problem:unauthenticated',
        status: 401,
        title: expect.any(String),
        detail: expect.any(String),
      });
    }
    expect(await done()).toEqual([[], []]);
  });

  it('that changes something is none of a viewer', async () => {
    const viewer = await api.as('looker', 'viewer');
    const changing = guarded.filter(([method]) => method !== 'GET');
    expect(changing.length).toBeGreaterThanOrEqual(4);
    for (const [method, path] of changing) {
      const body = method === 'DELETE' ? undefined : {};
      const { status } = await api.ask(method, path, body, viewer);
      expect([method, path, status]).toEqual([method, path, 403]);
    }
    expect(await done()).toEqual([[], []]);
  });
});

describe('a scheduler', () => {
  it('does nothing with tasks of others, and does not learn that there are any', async () => {
    const tracker = api.platform.startTracker();
    const [alice, bob] = [await api.as('alice', 'scheduler'), await api.as('bob', 'scheduler')];
    const accepted = await api.ask('POST', '/api/tasks', LATER, alice);
    const id = String(accepted.body['id']);
    const own = `/api/tasks/${id}`;
    await expect.poll(async () => (await api.ask('GET', own, undefined, alice)).status).toBe(200);
    await tracker.stop();
    const before = await tracesOf(api.platform);
    const requests = [
      ['GET', '/api/tasks/:id'],
      ['GET', '/api/tasks/:id/output'],
      ['GET', '/api/families/:id'],
      ['GET', '/api/tasks?family=:id'],
      ['POST', '/api/tasks/:id/cancel', {}],
      ['POST', '/api/tasks/:id/family/cancel', {}],
      ['POST', '/api/tasks/:id/retry', {}],
      ['POST', '/api/tasks/:id/reschedule', { delay: '2h' }],
    ] as const;
    const unknown = `${id.slice(0, -4)}0000`;
    for (const [method, path, body] of requests) {
      const ask = async (asked: string) => api.ask(method, path.replace(':id', asked), body, bob);
      const [theirs, nobodys] = [await ask(id), await ask(unknown)];
      expect([method, path, theirs.status]).toEqual([method, path, 404]);
      const withoutId = JSON.stringify(theirs.body).replaceAll(id, unknown);
      expect(JSON.parse(withoutId)).toEqual(nobodys.body);
    }
    for (const query of ['', '?creator=key:alice', '?worker=echo', '?state=scheduled']) {
      const { body } = await api.ask('GET', `/api/tasks${query}`, undefined, bob);
      expect([query, body['tasks']]).toEqual([query, []]);
    }
    expect(await tracesOf(api.platform)).toEqual(before);
  });

  it('is the creator, whatever the request says', async () => {
    const tracker = api.platform.startTracker();
    const carol = await api.as('carol', 'scheduler');
    const task = { ...LATER, options: { ...LATER.options, creator: 'key:alice' } };
    const { body } = await api.ask('POST', '/api/tasks', task, carol);
    const creator = async () => {
      const { body: found } = await api.ask('GET', `/api/tasks/${body['id']}`, undefined, carol);
      return found['creator'];
    };
    await expect.poll(creator).toBe('key:carol');
    await tracker.stop();
  });
});

it('the documentation has the table of roles', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/identity.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z]+:[a-z]+)` *\|(.*)\|$/gm)].map(
    ([, permission, cells]) => [permission, cells!.split('|').map((cell) => cell.trim())],
  );
  const granted = Object.keys(GRANTS.admin)
    .concat('keys:manage')
    .map((permission) => [
      permission,
      ROLES.map((role) => (GRANTS[role] as Record<string, string>)[permission] ?? ''),
    ]);
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(granted));
});
