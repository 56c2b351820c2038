import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ApiUnderTest, startApiUnderTest } from './startApiUnderTest.ts';
import { startGuardedApi } from './startGuardedApi.ts';
import { tracesOf } from './tracesOf.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApiUnderTest();
});
afterAll(async () => api.stop());

const TASK = { task: 'echo.say', input: { text: 'x', times: 1 }, options: { delay: '1h' } };

/** A request with any headers, a Host of its own among them. Resolves to its status and body. */
async function send(method: string, path: string, headers: Record<string, string>, body = '') {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const { hostname, port } = new URL(api.address);
  // By its parts: of a whole address the client would resolve `..` by itself.
  const sent = request({ hostname, port, path, method, headers }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
  });
  sent.on('error', reject).end(body);
  return promise;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const schedule = async (headers: Record<string, string>) =>
  (await send('POST', '/api/tasks', { ...JSON_TYPE, ...headers }, JSON.stringify(TASK))).status;

describe('without credentials, on the loopback interface', () => {
  it.each([
    'evil.example',
    'evil.example:8484',
    '127.0.0.1.evil.example',
    'localhost.:1',
    '10.0.0.1',
  ])('answers nothing to the host %s', async (host) => {
    const { status, text } = await send('GET', '/api/tasks', { host });
    expect([status, JSON.parse(text).type]).toEqual([403, 'urn:taskfleet:problem:host-foreign']);
  });

  it.each(['localhost', 'LOCALHOST:1', '127.0.0.1:9', '[::1]', '[::1]:8484'])(
    'answers to the host %s',
    async (host) => {
      expect((await send('GET', '/api/tasks', { host })).status).toBe(200);
    },
  );

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { host: 'localhost:8484', origin: 'http://localhost:3000' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('lets no page of another origin change anything: %j', async (headers) => {
    expect(await schedule(headers)).toBe(403);
  });

  it.each([
    {},
    { host: 'localhost:8484', origin: 'http://localhost:8484', 'sec-fetch-site': 'same-origin' },
  ])('lets programs and its own pages: %j', async (headers) => {
    expect(await schedule(headers)).toBe(202);
  });
});

describe('a body', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'of %s is refused',
    async (type) => {
      const { status } = await send('POST', '/api/tasks', { 'content-type': type }, 'task=echo');
      expect(status).toBe(415);
    },
  );

  it.each([
    ['that says so', (text: string) => text],
    ['that does not say so', (text: string) => new Blob([text]).stream()],
  ])('above the limit %s is refused, and nothing of it kept', async (_what, bodyOf) => {
    const before = await tracesOf(api.platform);
    const text = JSON.stringify({ ...TASK, input: { text: 'x'.repeat(1_100_000), times: 1 } });
    const asked = {
      method: 'POST',
      headers: JSON_TYPE,
      body: bodyOf(text),
      duplex: 'half',
    } as const;
    const response = await fetch(`${api.address}/api/tasks`, asked);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ type: 'urn:taskfleet:problem:too-large' });
    expect(await tracesOf(api.platform)).toEqual(before);
  });

  it.each(['{"task":"echo.say","__proto__":{"a":1}}', '{"constructor":{"prototype":{}}}', '{', ''])(
    'of %s is refused in one line',
    async (body) => {
      const { status, text } = await send('POST', '/api/tasks', JSON_TYPE, body);
      expect(status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ type: 'urn:taskfleet:problem:request-invalid' });
      expect(text).not.toMatch(/node_modules|\.ts:|\.js:|\\n/);
    },
  );
});

const AROUND = [
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '..%5c..%5cetc',
  '%2e%2e/',
];

it.each(
  ['/', '/api/tasks/', '/api/artifacts/', '/api/keys/', '/dashboard/', '/docs/static/'].flatMap(
    (folder) => AROUND.map((path) => `${folder}${path}`),
  ),
)('finds nothing at %s', async (path) => {
  const { status, text } = await send('GET', path, {});
  expect([400, 404]).toContain(status);
  expect(JSON.parse(text)['type']).toMatch(/^urn:taskfleet:problem:/);
  expect(text).not.toContain('root:');
});

describe('a line break', () => {
  const BREAK = '\r\nset-cookie: a=b';

  it.each([
    { task: `echo.say${BREAK}` },
    { options: { creator: `alice${BREAK}`, delay: '1h' } },
    { options: { subject: `photo${BREAK}`, delay: '1h' } },
    { options: { idempotencyKey: `once${BREAK}`, delay: '1h' } },
    { options: { group: `one${BREAK}`, delay: '1h' } },
  ])('in %j becomes no header', async (change) => {
    const { headers } = await api.ask('POST', '/api/tasks', { ...TASK, ...change });
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('location') ?? '/api/tasks/echo_').toMatch(/^\/api\/tasks\/echo_[0-9a-f]*$/);
  });

  it.each(['/api/tasks/%0d%0aset-cookie:%20a=b', '/api/nothing%0d%0aset-cookie:%20a=b'])(
    'in %s becomes no header',
    async (path) => {
      const { status, headers } = await api.ask('GET', path);
      expect([status, headers.get('set-cookie')]).toEqual([404, null]);
    },
  );
});

it('tells browsers to run nothing but its own, and to keep nothing', async () => {
  const { headers } = await api.ask('GET', '/api/tasks', undefined, {
    origin: 'https://a.example',
  });
  const policy = headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('access-control-allow-origin')).toBeNull();
  expect(headers.get('x-powered-by')).toBeNull();
});

it('keeps nothing of refusals, either', async () => {
  const { status, headers } = await api.ask('GET', '/api/tasks/nonsense');
  expect([status, headers.get('cache-control')]).toEqual([404, 'no-store']);
});

// By `fetch`: what `ask` compares answers with is a request as well.
describe('more requests than anybody means', () => {
  it.each([
    { proxies: 1, statuses: [401, 429, 401, 429] },
    { proxies: 0, statuses: [401, 429, 429, 429] },
  ])('are of an address that $proxies proxies say, not the client', async (said) => {
    const { proxies, statuses } = said;
    const guarded = await startGuardedApi({ limits: { address: 1 }, proxies });
    const found: number[] = [];
    for (const address of ['9.9.9.1, 1.1.1.1', '9.9.9.2, 1.1.1.1', '2.2.2.2', '1.1.1.1, 2.2.2.2']) {
      const headers = { 'x-forwarded-for': address };
      found.push((await fetch(`${guarded.address}/api/tasks`, { headers })).status);
    }
    expect(found).toEqual(statuses);
    await guarded.stop();
  });

  it('are refused for a minute, of who is known and of who is not, but for health', async () => {
    const guarded = await startGuardedApi({ limits: { principal: 2, address: 3 } });
    const [one, other] = [await guarded.as('one', 'viewer'), await guarded.as('two', 'viewer')];
    const statusOf = async (path: string, headers = {}) =>
      (await fetch(`${guarded.address}${path}`, { headers })).status;
    const statuses = async (times: number, headers = {}) => {
      const found: number[] = [];
      for (let time = 0; time < times; time += 1) found.push(await statusOf('/api/tasks', headers));
      return found;
    };
    expect(await statuses(3, one)).toEqual([200, 200, 429]);
    expect(await statuses(1, other)).toEqual([200]);
    expect(await statuses(4, { authorization: 'Bearer wrong' })).toEqual([401, 401, 401, 429]);
    const refused = await fetch(`${guarded.address}/api/nothing`);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ type: 'urn:taskfleet:problem:too-many-requests' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await statusOf('/healthz')).toBe(200);
    await guarded.stop();
  });
});
