import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combineRecord,
  type Json,
  parseDefinitionRecord,
  parseResultRecord,
  RECORD_VERSION,
  TASK_STATES,
  type TaskDefinitionRecord,
  type TaskResultRecord,
} from './index.ts';

const id = `export_${'0a'.repeat(16)}` as const;
const definition: TaskDefinitionRecord = {
  v: RECORD_VERSION,
  id,
  task: 'export.project',
  worker: 'export',
  input: {},
  root: id,
  createdAt: 1,
};
const result: TaskResultRecord = {
  v: RECORD_VERSION,
  id,
  state: 'failed',
  attempt: 2,
  token: 3,
  claim: 'c3',
  holder: 'host/1',
  startedAt: 2,
  finishedAt: 3,
  progress: { fraction: 0.5, note: 'half' },
  output: null,
  error: { name: 'Error', message: 'no', attempt: 2 },
};
const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));

describe('records', () => {
  it('survive being stored, whatever input and output are', () => {
    fc.assert(
      fc.property(json, json, (input, output) => {
        const asked = { ...definition, input: input as Json };
        const became = { ...result, output: output as Json };
        expect(parseDefinitionRecord(asked)).toEqual({ ok: true, value: asked });
        expect(parseResultRecord(became)).toEqual({ ok: true, value: became });
      }),
    );
  });

  it.each(['v', 'id', 'task', 'worker', 'input', 'root', 'createdAt'])(
    'name %s of a definition when it is missing',
    (field) => {
      const parsed = parseDefinitionRecord({ ...definition, [field]: undefined });
      expect(parsed.ok || parsed.error.message).toMatch(new RegExp(`^definition ${field}: `));
    },
  );

  it.each(['v', 'id', 'state', 'attempt', 'token', 'holder'])(
    'name %s of a result when it is missing',
    (field) => {
      const parsed = parseResultRecord({ ...result, [field]: undefined });
      expect(parsed.ok || parsed.error.message).toMatch(new RegExp(`^result ${field}: `));
    },
  );

  it.each([
    ['v', 2],
    ['state', 'lost'],
    ['attempt', -1],
    ['token', 1.5],
    ['progress.fraction', { progress: { fraction: 2 } }],
    ['error.message', { error: { name: 'Error', attempt: 1 } }],
  ])('name %s when it is wrong', (field, value) => {
    const changes = typeof value === 'object' ? value : { [field]: value };
    const parsed = parseResultRecord({ ...result, ...changes });
    expect(parsed.ok || parsed.error.field).toBe(field);
  });

  it.each([undefined, null, 1, 'text', []])('are not %j', (value) => {
    expect(parseDefinitionRecord(value).ok).toBe(false);
    expect(parseResultRecord(value).ok).toBe(false);
  });
});

describe('combineRecord', () => {
  it('is queued while only the definition is known', () => {
    expect(combineRecord(id, { definition })).toMatchObject({
      id,
      task: 'export.project',
      state: 'queued',
      attempt: 0,
    });
  });

  it('is scheduled while its message waits in the table, and queued once the message is out', () => {
    const waiting = { ...definition, dueAt: 9 };
    expect(combineRecord(id, { waiting })).toMatchObject({ state: 'scheduled', dueAt: 9 });
    expect(combineRecord(id, { waiting, definition: waiting }).state).toBe('queued');
    expect(combineRecord(id, { waiting, result }).state).toBe(result.state);
  });

  it.each(TASK_STATES)('is %s when the result says so, with or without its definition', (state) => {
    const became = { ...result, state };
    expect(combineRecord(id, { definition, result: became }).state).toBe(state);
    expect(combineRecord(id, { result: became })).toMatchObject({ id, state, worker: 'export' });
  });

  it('shows who claimed the task, unless nobody did, and no token', () => {
    expect(Object.keys(combineRecord(id, { definition, result }))).not.toContain('token');
    expect(combineRecord(id, { definition, result }).holder).toBe('host/1');
    const unclaimed = combineRecord(id, { definition, result: { ...result, holder: '' } });
    expect(Object.keys(unclaimed)).not.toContain('holder');
  });
});
