import {
  defineFleet,
  defineTask,
  defineWorker,
  secret,
  serializeMessage,
} from '@taskfleet/toolbox/contract';
import { createLog } from '@taskfleet/toolbox/log';
import type { DefinitionToKeep } from '@taskfleet/toolbox/table';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { trackMessage } from './trackMessage.ts';

const login = defineTask('site.login', {
  input: z.object({ user: z.string(), password: secret(z.string()) }),
  output: z.object({}),
  retention: '2d',
});
const fleet = defineFleet([defineWorker('site', { tasks: [login] })]);

const id = 'site_0199c2f4a7b87d0e9c5b1a2f3e4d5c6b';
const message = { v: 1, id, root: id, task: 'site.login', createdAt: 5 } as const;
const body = serializeMessage({ ...message, input: { user: 'alice', password: 'hunter2' } });

type Keep = (definition: DefinitionToKeep) => Promise<void>;

async function track(keep: Keep, text = body, receiveCount = 1) {
  let written = '';
  const destination = { write: (line: string) => (written += line) };
  const log = createLog({ level: 'info', destination });
  const counted: string[] = [];
  const statistics = {
    count: (task: string, counter: string) => void counted.push(`${task} ${counter}`),
  };
  const lags: number[] = [];
  const metrics = { trackedAfter: (ms: number) => void lags.push(ms) };
  const clock = { now: () => 1_005 };
  const options = { fleet, log, keep, statistics, metrics, clock };
  const settlement = await trackMessage(options, { body: text, receiveCount });
  return { settlement, written, counted, lags };
}

describe('a tracked message', () => {
  it('is deleted once its definition is kept, for as long as its task says, without secrets', async () => {
    const kept: DefinitionToKeep[] = [];
    const { settlement, written, lags } = await track(
      async (definition) => void kept.push(definition),
    );
    expect(settlement).toEqual({ kind: 'delete' });
    const input = { user: 'alice', password: '[secret]' };
    const definition = { ...message, worker: 'site', input };
    expect(kept).toEqual([{ definition, retentionMs: 2 * 86_400_000 }]);
    expect(written).toBe('');
    expect(lags).toEqual([1_000]);
  });

  it('comes back in some seconds when the table does not answer', async () => {
    const { settlement, written } = await track(() => Promise.reject(new Error('throttled')));
    expect(settlement).toEqual({ kind: 'hide', seconds: 3 });
    expect(written).toContain('"event":"definition.failed"');
    expect(written).toContain(id);
  });

  it.each([
    [2, 6],
    [4, 24],
    [5, 30],
    [99, 30],
  ])('comes back later when it was received %d times', async (receiveCount, seconds) => {
    const away = async () => Promise.reject(new Error('throttled'));
    const { settlement } = await track(away, body, receiveCount);
    expect(settlement).toEqual({ kind: 'hide', seconds });
  });

  it('is dead when the table can never take it', async () => {
    const refusal = Object.assign(new Error('too large'), { name: 'ValidationException' });
    const { settlement } = await track(() => Promise.reject(refusal));
    const reason = 'the table cannot keep it: ValidationException: too large';
    expect(settlement).toEqual({ kind: 'deadLetter', reason });
  });

  it('is counted once it is kept, if the fleet knows its name', async () => {
    expect((await track(async () => undefined)).counted).toEqual(['site.login scheduled']);
    const away = async () => Promise.reject(new Error('throttled'));
    expect((await track(away)).counted).toEqual([]);
    const invented = body.replace('site.login', 'site.invented');
    expect((await track(async () => undefined, invented)).counted).toEqual([]);
  });

  it('is dead when it has no form that is known, and nothing of it is logged', async () => {
    const { settlement, written } = await track(() => Promise.resolve(), '{"v":1,"id":"hunter2"}');
    expect(settlement).toEqual({ kind: 'deadLetter', reason: 'message id: expected a task id' });
    expect(written).toContain('"event":"message.refused"');
    expect(written).not.toContain('hunter2');
  });
});
