import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHostUnderTest } from './testing/startHostUnderTest.ts';

let host: Awaited<ReturnType<typeof startHostUnderTest>>;
beforeAll(async () => {
  host = await startHostUnderTest();
});
afterAll(async () => host.stop());

/** A request as it stands on the wire: `fetch` would set some headers itself, and tidy the path. */
async function rawStatus(path: string, headers: Record<string, string>, method = 'GET') {
  const { hostname, port } = new URL(host.address);
  return new Promise<number | undefined>((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('a host application on a laptop', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1'])(
    'answers nobody who comes by the name "%s"',
    async (name) => {
      expect(await rawStatus('/state', { host: name })).toBe(403);
    },
  );

  it('answers by its own names', async () => {
    const { port } = new URL(host.address);
    for (const name of ['127.0.0.1', 'localhost']) {
      expect(await rawStatus('/state', { host: `${name}:${port}` })).toBe(200);
    }
  });

  it.each([{}, { origin: 'http://127.0.0.1:1' }, { origin: 'null' }])(
    'changes nothing for a page that is not its own: %j',
    async (headers) => {
      const all = { ...headers, host: new URL(host.address).host };
      expect(await rawStatus('/broker', all, 'POST')).toBe(403);
      expect(host.asked).toEqual([]);
    },
  );

  it.each(['/assets/..%2fmain.ts', '/assets/../main.ts', '/assets/tsconfig.json', '/assets/%00'])(
    'has no file %s',
    async (path) => {
      expect(await rawStatus(path, { host: new URL(host.address).host })).toBe(404);
    },
  );

  it('runs and loads nothing but its own, and shows only panels of the platform', async () => {
    const { status, headers, body } = await host.ask('/');
    const policy = headers.get('content-security-policy') ?? '';
    expect(status).toBe(200);
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-src 'self' http://127.0.0.1:8484;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(body).not.toMatch(/<script(?! type="module" src="\/assets\/)|\son\w+=|style=/);
  });

  it('serves modules without their types', async () => {
    const { headers, body } = await host.ask('/assets/live.ts');
    expect(headers.get('content-type')).toContain('text/javascript');
    expect(body).toContain('async function follow(path, show)');
  });

  it.each([
    ['no JSON', undefined, 415],
    ['another field', { wanted: 'stopped', now: true }, 422],
    ['another word', { wanted: 'dead' }, 422],
    ['too much', { wanted: 'x'.repeat(70_000) }, 413],
  ])('refuses %s in one sentence', async (_what, body, status) => {
    const answer =
      body === undefined
        ? await host.ask('/broker', '', { 'content-type': 'text/plain' })
        : await host.ask('/broker', body);
    expect(answer.status).toBe(status);
    expect(answer.body.message).toMatch(/^[^\n]+$/);
    expect(host.logged).toEqual([]);
  });

  it('says whether tasks are taken, and passes on what becomes of the broker', async () => {
    expect((await host.ask('/state')).body).toEqual({
      broker: 'running',
      availability: { available: true },
    });
    expect(await host.ask('/broker', { wanted: 'stopped' })).toMatchObject({ status: 202 });
    expect(host.asked).toEqual(['stopped']);
  });
});
