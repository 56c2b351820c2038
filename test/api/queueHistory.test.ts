import { systemClock } from '@taskfleet/toolbox/clock';
import { createQueueSampler } from '@taskfleet/platform/queues';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quiet } from '../fixtures/startParts.ts';
import { type ApiUnderTest, as, identifyByWord, startApiUnderTest } from './startApiUnderTest.ts';

const MINUTE_MS = 60_000;

let api: ApiUnderTest;
const viewer = as('eve', 'viewer');
beforeAll(async () => {
  api = await startApiUnderTest({ identify: identifyByWord });
});
afterAll(async () => api.stop());

const read = async (query = '', headers = viewer) =>
  api.ask('GET', `/api/queues/history${query}`, undefined, headers);

describe('the history of queues', () => {
  it('is what was kept, of all services or one, in steps that fit the time', async () => {
    const { table, queues, clients } = api.platform;
    const now = systemClock.now();
    const clock = { ...systemClock, now: () => now };
    await createQueueSampler({ sqs: clients.sqs, table, queues, clock, log: quiet })();
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body).toMatchObject({ stepMs: 2 * MINUTE_MS });
    expect(body['services'].map(({ service }: { service: string }) => service)).toEqual([
      'echo',
      'platform',
    ]);
    const one = await read(`?service=echo&from=${now}&to=${now + 1}&step=60000`);
    const at = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const point = {
      at,
      visible: 0,
      inFlight: 0,
      delayed: 0,
      deadLetters: 0,
      oldestMs: 0,
      waitP95Ms: null,
    };
    expect(one).toMatchObject({
      status: 200,
      body: { from: at, to: at + MINUTE_MS, services: [{ service: 'echo', points: [point] }] },
    });
  });

  it.each([
    ['?from=5&to=5', 400, 'statistics-request-invalid'],
    [`?from=0&to=${89 * 86_400_000}&step=60000`, 400, 'statistics-request-invalid'],
    ['?step=90000', 400, 'statistics-request-invalid'],
    ['?step=', 400, 'request-invalid'],
    ['?service=ecko', 404, 'service-unknown'],
    ['?task=echo.say', 400, 'request-invalid'],
  ])('is refused for %s', async (query, status, code) => {
    const answer = await read(query);
    expect(answer).toMatchObject({ status, body: { type: `urn:taskfleet:problem:${code}` } });
  });

  it('is not for those who only schedule', async () => {
    expect((await read('', as('sam', 'scheduler'))).status).toBe(403);
  });
});
