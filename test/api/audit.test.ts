import { openFleet } from '@taskfleet/platform/access';
import { auditedAccess, AUDITED_ACTIONS, type AuditedAction } from '@taskfleet/platform/audit';
import { systemClock } from '@taskfleet/toolbox/clock';
import { periodic } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleFleet, say } from '../platform/sampleFleet.ts';
import { type GuardedApi, startGuardedApi } from './startGuardedApi.ts';

let api: GuardedApi;
beforeAll(async () => {
  api = await startGuardedApi();
});
afterAll(async () => api.stop());

const entries = async () => (await api.access.audit.list({ limit: 50 })).entries;
const ALICE = { name: 'alice', kind: 'cli', accessKeyId: 'AKIA1' } as const;
const audited = () => auditedAccess(api.access, { by: () => ALICE });
const UNKNOWN = `echo_${'0'.repeat(32)}` as const;
const RUNNING = {
  id: UNKNOWN,
  root: UNKNOWN,
  worker: 'echo',
  state: 'running',
  attempt: 1,
} as const;

/** One of each thing that is audited; those of nothing that is there are refused. */
const actions: Readonly<Record<AuditedAction, () => Promise<unknown>>> = {
  'task.cancel': async () => audited().cancel(sampleFleet, UNKNOWN, 'alice'),
  'task.reschedule': async () => audited().reschedule(UNKNOWN, { delay: '1h' }),
  'task.retry': async () => audited().retry(sampleFleet, RUNNING, {}),
  'flow.cancel': async () => audited().cancelFlow(sampleFleet, UNKNOWN, 'alice'),
  'family.cancel': async () => audited().cancelFamily(sampleFleet, UNKNOWN, 'alice'),
  'queue.purge': async () => audited().purgeQueue(sampleFleet, { worker: 'echo' }, 'alice'),
  'letter.redrive': async () => audited().deadLetters.redrive(UNKNOWN, { timeoutMs: 1 }),
  'letter.purge': async () => audited().deadLetters.purge(UNKNOWN),
  'letters.redrive': async () => audited().deadLetters.redriveAll('echo', { timeoutMs: 1 }),
  'letters.purge': async () => audited().deadLetters.purgeAll('echo'),
  'worker.tell': async () =>
    audited().workers.tell(sampleFleet, { worker: 'echo', order: { kind: 'pause' }, by: 'alice' }),
  'periodic.add': async () =>
    audited()
      .periodicOf(sampleFleet)
      .add(periodic('often', { every: '1h', task: say, input: { text: 'x', times: 1 } })),
  'periodic.remove': async () => audited().periodicOf(sampleFleet).remove('none'),
  'periodic.pause': async () => audited().periodicOf(sampleFleet).pause('often', 'alice'),
  'periodic.resume': async () => audited().periodicOf(sampleFleet).resume('often'),
  'periodic.run': async () => audited().periodicOf(sampleFleet).run('often'),
  'key.create': async () => audited().keys.create({ name: 'ci', roles: ['viewer'] }, 'alice'),
  'key.revoke': async () => audited().keys.revoke('none'),
  'token.mint': async () =>
    audited().keys.mint({ name: 'w', roles: ['viewer'], expiresInMs: 1_000 }, 'alice'),
};

describe.each(AUDITED_ACTIONS)('%s', (action) => {
  it('is written with who, what, and what came of it', async () => {
    await actions[action]().catch(() => undefined);
    const find = async () => (await entries()).find((entry) => entry.action === action);
    await expect.poll(find).toMatchObject({
      by: 'alice',
      kind: 'cli',
      accessKeyId: 'AKIA1',
      target: expect.stringMatching(/./),
      outcome: expect.stringMatching(/^(done|refused)$/),
      at: expect.any(Number),
      endedAt: expect.any(Number),
    });
  });
});

describe('the audit', () => {
  it('has the principal of a request, and is read with its permission', async () => {
    const [admin, operator, viewer] = [
      await api.as('boss', 'admin'),
      await api.as('op', 'operator'),
      await api.as('eye', 'viewer'),
    ];
    const made = await api.ask('POST', '/api/keys', { name: 'new', roles: ['viewer'] }, admin);
    const secret = String(made.body['key']).slice(20);
    const read = async (headers: Readonly<Record<string, string>>) =>
      api.ask('GET', '/api/audit', undefined, headers);
    const found = async () => (await read(operator)).body['entries'];
    await expect.poll(found).toContainEqual(
      expect.objectContaining({
        by: 'key:boss',
        kind: 'key',
        action: 'key.create',
        target: 'new',
      }),
    );
    expect(JSON.stringify(await found())).not.toContain(secret);
    expect((await read(viewer)).status).toBe(403);
  });

  it('is read in pages, the newest first', async () => {
    const all = await entries();
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.access.audit.list({ limit: 4, cursor });
      ids.push(...page.entries.map(({ id }) => id));
      ({ cursor } = page);
    } while (cursor !== undefined);
    expect(ids).toEqual(all.map(({ id }) => id));
    expect(ids).toEqual(ids.toSorted().toReversed());
    await expect(api.access.audit.list({ limit: 4, cursor: 'x' })).rejects.toThrow('cursor:');
  });

  it('is never written over', async () => {
    const begin = { by: 'x', kind: 'cli', action: 'key.revoke', target: 't' } as const;
    const id = await api.access.audit.begin(begin);
    await api.access.audit.end(id, { outcome: 'refused' });
    await expect(api.access.audit.end(id, { outcome: 'done' })).rejects.toThrow(
      'could not write the audit',
    );
    const find = async () => (await entries()).find((entry) => entry.id === id)?.outcome;
    await expect.poll(find).toBe('refused');
  });

  it('comes first: what cannot be written is not done', async () => {
    const { key: _key, id } = await api.keyOf('stays', 'viewer');
    const away = openFleet(
      { ...api.platform.environment, TASKFLEET_TABLE: 'no-such-table' },
      systemClock,
    );
    const unwritten = auditedAccess({ ...api.access, audit: away.audit }, { by: () => ALICE });
    await expect(unwritten.keys.revoke(id)).rejects.toThrow('could not write the audit');
    expect(await api.access.keys.find(id)).toBeDefined();
    away.close();
  });
});
