import { Statistics } from '@taskfleet/toolbox/statistics';
import { systemClock } from '@taskfleet/toolbox/clock';
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
  api.ask('GET', `/api/statistics${query}`, undefined, headers);

describe('statistics', () => {
  it('are what was counted, of all tasks or one, in steps that fit the time', async () => {
    const { table } = api.platform;
    const now = systemClock.now();
    const counting = { table, writer: 'echo', clock: systemClock, log: quiet };
    const counted = new Statistics(counting);
    counted.count('echo.say', 'succeeded');
    counted.time('echo.say', 'run', 20);
    await counted.stop();
    const { status, body } = await read();
    expect(status).toBe(200);
    expect(body).toMatchObject({ stepMs: 2 * MINUTE_MS });
    expect(body['to'] - body['from']).toBeGreaterThanOrEqual(60 * MINUTE_MS);
    const ofSay = { task: 'echo.say', total: { succeeded: 1, ended: 1, run: { count: 1 } } };
    expect(body['tasks']).toContainEqual(expect.objectContaining({ task: 'echo.ask' }));
    expect(body['tasks'].find(({ task }: { task: string }) => task === 'echo.say')).toMatchObject(
      ofSay,
    );
    const one = await read(`?task=echo.say&from=${now - MINUTE_MS}&to=${now + 1}&step=60000`);
    expect(one).toMatchObject({ status: 200, body: { stepMs: MINUTE_MS, tasks: [ofSay] } });
    expect(one.body['tasks'][0].points.length).toBeLessThanOrEqual(3);
  });

  it.each([
    ['?from=5&to=5', 400, 'statistics-request-invalid'],
    ['?from=0&to=8640000000000000&step=60000', 400, 'statistics-request-invalid'],
    [`?from=0&to=${89 * 86_400_000}&step=60000`, 400, 'statistics-request-invalid'],
    ['?step=90000', 400, 'statistics-request-invalid'],
    ['?step=1', 400, 'request-invalid'],
    ['?step=', 400, 'request-invalid'],
    ['?task=echo.sing', 422, 'task-unknown'],
    ['?since=1h', 400, 'request-invalid'],
  ])('refuse %s', async (query, status, code) => {
    const answer = await read(query);
    expect(answer).toMatchObject({ status, body: { type: `urn:taskfleet:problem:${code}` } });
  });

  it('are not for those who only schedule', async () => {
    expect((await read('', as('sam', 'scheduler'))).status).toBe(403);
  });
});
