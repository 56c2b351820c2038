import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiUnderTest, startApiUnderTest } from './startApiUnderTest.ts';

const browser = { accept: 'text/html,application/xhtml+xml' };
const started = new AsyncDisposableStack();
const folder = mkdtempSync(join(tmpdir(), 'taskfleet-pages-'));
let api: ApiUnderTest;

beforeAll(async () => {
  started.defer(() => rmSync(folder, { recursive: true }));
  const embedders = ['https://app.example.com'];
  const demo = 'http://127.0.0.1:8585';
  const options = { dashboard: { folder, embedders, demo } };
  api = started.adopt(await startApiUnderTest(options), async ({ stop }) => stop());
});
afterAll(async () => started.disposeAsync());

describe('a platform without a build of the dashboard', () => {
  it('says in one page how to get it', async () => {
    const { status, headers, body } = await api.ask('GET', '/', undefined, browser);
    expect(status).toBe(503);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toMatch(/npm run build:dashboard/);
  });
});

describe('the pages of the dashboard', () => {
  beforeAll(() => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Taskfleet</title>');
    writeFileSync(join(folder, 'assets', 'index-1.js'), 'export {};');
    writeFileSync(join(folder, 'secret.txt'), 'not for the world');
  });

  it.each(['/', '/tasks?state=failed', '/tasks/echo_1', '/embed/subject?subject=a'])(
    '%s is one',
    async (path) => {
      const { status, headers, body } = await api.ask('GET', path, undefined, browser);
      expect(status).toBe(200);
      expect(body).toContain('<title>Taskfleet');
      expect(headers.get('cache-control')).toBe('no-cache');
    },
  );

  it('run and load nothing but their own files', async () => {
    const { headers } = await api.ask('GET', '/', undefined, browser);
    const policy = headers.get('content-security-policy');
    for (const part of ["default-src 'none'", "script-src 'self'", "style-src 'self'"]) {
      expect(policy?.split(';')).toContain(part);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it('are shown in a frame only when made for it, and by whom the platform names', async () => {
    const { headers } = await api.ask('GET', '/embed/subject', undefined, browser);
    expect(headers.get('content-security-policy')).toContain(
      "frame-ancestors 'self' https://app.example.com",
    );
    expect(headers.get('x-frame-options')).toBe(null);
  });

  it('keep their files, whose names say what is in them', async () => {
    const { status, headers } = await api.ask('GET', '/assets/index-1.js');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toContain('immutable');
  });

  it.each(['/assets/nothing.js', '/assets/..%2fsecret.txt', '/assets/%2e%2e/secret.txt'])(
    'are not %s',
    async (path) => {
      const { status, body } = await api.ask('GET', path);
      expect(status).toBe(404);
      expect(body['type']).toBe('urn:taskfleet:problem:route-unknown');
    },
  );

  it('do not take the place of a route that a program misses', async () => {
    const missed = await api.ask('GET', '/api/nothing', undefined, browser);
    expect(missed).toMatchObject({ status: 404, body: { title: expect.any(String) } });
    const program = await api.ask('GET', '/tasks', undefined, { accept: 'application/json' });
    expect(program.status).toBe(404);
  });
});

describe('the way to the demonstration', () => {
  it('leads there where there is one, and the dashboard is told so', async () => {
    const request = { headers: browser, redirect: 'manual' } as const;
    const { status, headers } = await fetch(`${api.address}/demo`, request);
    expect([status, headers.get('location')]).toEqual([302, 'http://127.0.0.1:8585']);
    const { body } = await api.ask('GET', '/api/me');
    expect(body).toMatchObject({ hasDemo: true });
  });

  it('is none on any other platform', async () => {
    await using other = new AsyncDisposableStack();
    const options = { dashboard: { folder } };
    const { ask } = other.adopt(await startApiUnderTest(options), async ({ stop }) => stop());
    expect(await ask('GET', '/demo', undefined, browser)).toMatchObject({ status: 404 });
    expect((await ask('GET', '/api/me')).body).toMatchObject({ hasDemo: false });
  });
});
