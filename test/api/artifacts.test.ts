import { putArtifact } from '@taskfleet/toolbox/artifacts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiUnderTest, as, identifyByWord, startApiUnderTest } from './startApiUnderTest.ts';

let api: ApiUnderTest;
const running: { stop(): Promise<void> }[] = [];
const ann = as('ann', 'scheduler');
const bob = as('bob', 'scheduler');
const viewer = as('eve', 'viewer');
const REF = 'artifact:uploads/a b&ü.txt';
const PATH = `/api/artifacts/${encodeURIComponent(REF)}`;

beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord });
  const body = new TextEncoder().encode('text');
  const key = REF.slice('artifact:'.length);
  await putArtifact(api.platform.bucket, { key, body, contentType: 'text/plain' });
  running.push(
    api.platform.startEcho({
      'echo.say': ({ text }) => ({ said: text }),
      'echo.ask': ({ children }) => ({ asked: children }),
    }),
  );
});
afterAll(async () => {
  await Promise.all(running.map(async (one) => one.stop()));
  await api.stop();
});

const read = async (path: string, headers = viewer) => api.ask('GET', path, undefined, headers);
const type = (code: string) => `urn:taskfleet:problem:${code}`;

/** A task of ann's that has returned this text. */
async function returned(text: string): Promise<string> {
  const body = { task: 'echo.say', input: { text, photo: 'artifact:uploads/other.txt' } };
  const { id } = (await api.ask('POST', '/api/tasks', body, ann)).body;
  const hasEnded = async () => (await read(`/api/tasks/${id}`)).body['state'] === 'succeeded';
  await vi.waitUntil(hasEnded, 20_000);
  return id;
}

describe('GET /api/artifacts/*', () => {
  it('leads to the file, or says where it is', async () => {
    const { url } = (await read(`${PATH}?redirect=false`)).body;
    expect(await (await fetch(url)).text()).toBe('text');
    // It may hold a page of somebody else. The emulator's S3 does not say it again, as AWS's does.
    const disposition = new URL(url).searchParams.get('response-content-disposition');
    expect(disposition).toBe("attachment; filename*=UTF-8''a%20b%26%C3%BC.txt");
    const response = await fetch(`${api.address}${PATH}`, { headers: viewer, redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await (await fetch(response.headers.get('location') ?? '')).text()).toBe('text');
  });

  it.each([
    ['artifact:uploads/none.txt', 404, 'artifact-not-found'],
    ['uploads/a.txt', 400, 'reference-invalid'],
    ['artifact:../a.txt', 400, 'reference-invalid'],
    ['artifact:offload/14/echo_1/input.json', 400, 'reference-invalid'],
  ])('refuses %s', async (ref, status, code) => {
    const refused = await read(`/api/artifacts/${encodeURIComponent(ref)}`);
    expect(refused).toMatchObject({ status, body: { type: type(code) } });
  });

  it('gives who may read own tasks only what these have returned', async () => {
    const id = await returned(REF);
    const query = `?redirect=false&task=${id}`;
    expect(await read(`${PATH}${query}`, ann)).toMatchObject({ status: 200 });
    expect(await read(PATH, ann)).toMatchObject({ status: 400 });
    expect(await read(`${PATH}${query}`, bob)).toMatchObject({
      status: 404,
      body: { type: type('id-unknown') },
    });
    const given = `/api/artifacts/${encodeURIComponent('artifact:uploads/other.txt')}${query}`;
    expect(await read(given, ann)).toMatchObject({
      status: 404,
      body: { type: type('artifact-not-found') },
    });
  });
});
