import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgeries } from '../../platform/identity/testing/forgeries.ts';
import { type Issuer, startIssuer } from '../../platform/identity/testing/startIssuer.ts';
import { type MemoryLog, memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { bearer, type GuardedApi, startGuardedApi } from './startGuardedApi.ts';
import { NO_TRACES, tracesOf } from './tracesOf.ts';

let issuer: Issuer;
let api: GuardedApi;
let logged: MemoryLog;
beforeAll(async () => {
  issuer = await startIssuer();
  logged = memoryLog();
  const oidc = {
    issuer: issuer.address,
    audience: 'fleet',
    rolesClaim: 'roles',
    nameClaim: 'sub',
    clientId: undefined,
  };
  api = await startGuardedApi({ identity: { kind: 'credentials', oidc }, log: logged.log });
});
afterAll(async () => {
  await api.stop();
  await issuer.stop();
});

const PASSWORD = 'hunter2-hunter2';
const TASK = { task: 'echo.say', input: { text: 'x', times: 1, password: PASSWORD } };

/** Some of each kind: what is read, what changes tasks, what changes the fleet, what gives rights. */
const REQUESTS = [
  ['GET', '/api/tasks'],
  ['POST', '/api/tasks', TASK],
  ['DELETE', '/api/keys/x'],
  ['POST', '/api/tokens', { name: 'x', roles: ['admin'], expiresIn: '1h' }],
] as const;

describe.each(forgeries)('a token %s', (_what, make, said) => {
  it('does nothing, tells nothing, and is in no log', async () => {
    const token = await make(issuer);
    for (const [method, path, body] of REQUESTS) {
      const answer = await api.ask(method, path, body, bearer(token));
      expect(answer).toMatchObject({
        status: 401,
        body: { type: 'urn:taskfleet:problem:credentials-invalid' },
      });
      expect(answer.body['detail']).toContain(said);
      const secret = token.split('.').at(-1) || token;
      expect(JSON.stringify([answer.body, logged.lines])).not.toContain(secret);
    }
    expect(await tracesOf(api.platform)).toEqual(NO_TRACES);
  });
});

describe('a user', () => {
  it('without roles of ours is known, and may nothing', async () => {
    const token = bearer(await issuer.token({ roles: ['accountant'] }));
    for (const [method, path, body] of REQUESTS) {
      const answer = await api.ask(method, path, body, token);
      expect(answer).toMatchObject({
        status: 403,
        body: { detail: expect.stringMatching(/^alice lacks the permission \S+;/) },
      });
    }
    expect(await tracesOf(api.platform)).toEqual(NO_TRACES);
  });

  it('is let in by a good token, and has nothing secret written down', async () => {
    const token = await issuer.token({ roles: ['operator'] });
    const { status } = await api.ask('POST', '/api/tasks', TASK, bearer(token));
    expect(status).toBe(202);
    const wrong = { ...TASK, input: { ...TASK.input, times: 'many' } };
    const refused = await api.ask('POST', '/api/tasks', wrong, bearer(token));
    expect(refused.status).toBe(422);
    const tracker = api.platform.startTracker(logged.log);
    await expect
      .poll(
        async () => (await api.ask('GET', '/api/tasks', undefined, bearer(token))).body['tasks'],
      )
      .toMatchObject([{ creator: 'alice' }]);
    const { body } = await api.ask('GET', '/api/tasks', undefined, bearer(token));
    await tracker.stop();
    const { items } = await tracesOf(api.platform);
    const written = JSON.stringify([items, body, refused.body, logged.lines]);
    expect(written).toContain('alice');
    expect(written).not.toContain(PASSWORD);
    expect(written).not.toContain(token.split('.').at(-1));
  });
});
