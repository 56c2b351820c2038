import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ApiUnderTest, as, identifyByWord, startApiUnderTest } from './startApiUnderTest.ts';

let api: ApiUnderTest;
let worker: ReturnType<ApiUnderTest['platform']['startEcho']>;
const viewer = as('eve', 'viewer');
const operator = as('op', 'operator');
const PATIENCE = 20_000;

beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord });
  worker = api.platform.startEcho({
    'echo.say': ({ text }) => ({ said: text }),
    'echo.ask': ({ children }) => ({ asked: children }),
  });
  await vi.waitUntil(async () => (await processes()).length === 1, PATIENCE);
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
});

const read = async (path: string, headers = viewer) => api.ask('GET', path, undefined, headers);
const processes = async () => (await read('/api/workers/echo')).body['processes'];
const order = async (body: unknown, headers = operator, name = 'echo') =>
  api.ask('POST', `/api/workers/${name}/orders`, body, headers);
const type = (code: string) => `urn:taskfleet:problem:${code}`;

describe('GET /api/workers', () => {
  it('has every worker with its processes and what they are told', async () => {
    const { status, body } = await read('/api/workers');
    expect(status).toBe(200);
    const echo = {
      name: 'echo',
      compute: 'fargate',
      wanted: { all: {}, processes: {}, limits: {} },
      processes: [{ worker: 'echo', lost: false, state: 'running', tasks: [] }],
    };
    expect(body['workers']).toMatchObject([echo]);
    expect((await read('/api/workers/echo')).body).toMatchObject(echo);
  });

  it('knows the names that there are, and asks who wants to know', async () => {
    const unknown = await read('/api/workers/ecko');
    expect(unknown).toMatchObject({ status: 404, body: { type: type('service-unknown') } });
    expect(unknown.body['detail']).toContain('"echo"');
    expect(await read('/api/workers', as('s', 'scheduler'))).toMatchObject({ status: 403 });
    expect(await api.ask('GET', '/api/workers/echo')).toMatchObject({ status: 401 });
  });
});

describe('POST /api/workers/:worker/orders', () => {
  it('pauses and resumes the worker, which the queues say too', async () => {
    const paused = await order({ order: { kind: 'pause' }, wait: 20_000 });
    expect(paused).toMatchObject({ status: 202, body: { heard: true } });
    const { body } = await read('/api/workers/echo');
    const told = { value: true, by: 'op' };
    expect(body).toMatchObject({
      wanted: { all: { paused: told } },
      processes: [{ state: 'paused' }],
    });
    const queues = await read('/api/queues');
    expect(queues).toMatchObject({
      status: 200,
      body: {
        queues: [
          { service: 'echo', queue: 'normal', paused: true },
          { service: 'platform', queue: 'normal', paused: false, inFlight: 0, deadLetters: 0 },
        ],
      },
    });
    await order({ order: { kind: 'resume' }, wait: 20_000 });
    expect(await processes()).toMatchObject([{ state: 'running' }]);
  });

  it('resizes and limits one process or all, and gives the contract its say back', async () => {
    const [{ id }] = await processes();
    await order({ order: { kind: 'concurrency', concurrency: 3 }, process: id, wait: 20_000 });
    expect(await processes()).toMatchObject([{ concurrency: 3 }]);
    await order({ order: { kind: 'limits', task: 'echo.say', timeLimitMs: 5_000 } });
    await order({ order: { kind: 'rate', task: 'echo.say', rateLimitMs: 250 } });
    const { body } = await read('/api/workers/echo');
    expect(body['wanted']).toMatchObject({
      processes: { [id]: { concurrency: { value: 3, by: 'op' } } },
      limits: { 'echo.say': { timeLimitMs: 5_000, rateLimitMs: 250, by: 'op' } },
    });
    for (const kind of ['limits', 'rate']) await order({ order: { kind, task: 'echo.say' } });
    expect((await read('/api/workers/echo')).body['wanted'].limits).toEqual({});
  });

  it.each([
    ['of an unknown kind', { order: { kind: 'dance' } }, [400, 'request-invalid']],
    ['with a time of no whole number', limits({ timeLimitMs: 2_000.5 }), [400, 'request-invalid']],
    ['with too short a time', limits({ timeLimitMs: 5 }), [422, 'order-invalid']],
    ['for an unknown task', limits({ task: 'echo.sai' }), [422, 'task-unknown']],
    [
      'for too many at once',
      { order: { kind: 'concurrency', concurrency: 1_001 } },
      [422, 'order-invalid'],
    ],
    [
      'for an unknown process',
      { order: { kind: 'pause' }, process: 'x' },
      [404, 'process-unknown'],
    ],
    ['with too long a wait', { order: { kind: 'pause' }, wait: 60_000 }, [400, 'request-invalid']],
  ])('refuses an order %s', async (_what, body, [status, code]) => {
    expect(await order(body)).toMatchObject({ status, body: { type: type(String(code)) } });
  });

  it('is for operators', async () => {
    expect(await order({ order: { kind: 'pause' } }, viewer)).toMatchObject({ status: 403 });
    const unknown = await order({ order: { kind: 'pause' } }, operator, 'none');
    expect(unknown).toMatchObject({ status: 404 });
  });

  it('says what nobody has heard yet, and is heard later', async () => {
    const unheard = await order({ order: { kind: 'shutdown' } });
    expect(unheard).toMatchObject({ status: 202, body: { heard: false } });
    await worker.dismissed;
  });
});

function limits(given: object) {
  return { order: { kind: 'limits', task: 'echo.say', ...given } };
}
