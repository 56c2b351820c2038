import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GuardedApi, startGuardedApi } from './startGuardedApi.ts';

let api: GuardedApi;
beforeAll(async () => {
  api = await startGuardedApi();
});
afterAll(async () => api.stop());

it('the page that describes the API is for everybody, and runs nothing but its own scripts', async () => {
  const page = await fetch(`${api.address}/docs`, { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('swagger-ui');
  const policy = page.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self'; ");
  expect(policy).toContain("frame-ancestors 'none'");
  const described = await (await fetch(`${api.address}/docs/json`)).json();
  expect(described).toEqual(await (await fetch(`${api.address}/openapi.json`)).json());
});

it.each(['/docs/static/..%2f..%2fpackage.json', '/docs/static/../../package.json'])(
  'nothing else is under %s',
  async (path) => {
    // As it is: fetch would shorten it.
    const [answer] = (await once(get(new URL(api.address), { path }), 'response')) as [
      IncomingMessage,
    ];
    answer.resume();
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.statusCode).toBeLessThan(500);
  },
);
