import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  combineRecord,
  defineTask,
  type Duration,
  offloadDays,
  inputKey,
  outputKey,
  parseDefinitionRecord,
  parseMessage,
  parseResultRecord,
} from './index.ts';

const id = `export_${'0a'.repeat(16)}` as const;
const other = `export_${'0b'.repeat(16)}` as const;
const inputAt = `offload/45d/export/${id}/input.json`;
const outputAt = `offload/45d/export/${id}/output-7.json`;
const message = { v: 1, id, task: 'export.all', root: id, createdAt: 1 };
const definition = { ...message, worker: 'export' };
const result = { v: 1, id, state: 'succeeded', attempt: 1, token: 1, claim: 'c', holder: 'h' };

function taskOf(retention: Duration) {
  return defineTask('export.all', { input: z.json(), output: z.json(), retention });
}

describe('a stored value', () => {
  it.each<[Duration, number]>([
    ['1m', 16],
    ['24h', 16],
    ['25h', 17],
    ['30d', 45],
    ['3650d', 3_665],
  ])('of a task kept for %s lives %i whole days', (retention, days) => {
    expect(offloadDays(taskOf(retention))).toBe(days);
  });

  it('has one key for its input, and one of its own for the output of each attempt', () => {
    expect(inputKey(taskOf('30d'), id)).toBe(inputAt);
    expect(outputKey(taskOf('30d'), id, 7)).toBe(outputAt);
  });
});

/** What is wrong with an input's place, in a message or a definition. */
const inputs: readonly (readonly [string, object, string])[] = [
  ['neither', {}, 'input: expected it, or where it is stored (inputAt)'],
  ['both', { input: 1, inputAt, inputBytes: 9 }, 'inputAt: expected none beside input'],
  ['no size', { inputAt }, 'inputBytes: expected together with inputAt'],
  ['a size alone', { input: null, inputBytes: 9 }, 'inputBytes: expected together with inputAt'],
  ["another task's key", { inputAt: inputAt.replace(id, other), inputBytes: 9 }, "the task's own"],
  ['the key of an output', { inputAt: outputAt, inputBytes: 9 }, "the task's own"],
  ['a key of elsewhere', { inputAt: `${inputAt}/../../x`, inputBytes: 9 }, "the task's own"],
  ["a worker's own file", { inputAt: `export/${id}/input.json`, inputBytes: 9 }, "the task's own"],
  ['a key without days', { inputAt: inputAt.replace('45d/', ''), inputBytes: 9 }, "the task's own"],
];

describe('a message', () => {
  it('carries where its input is', () => {
    const stored = { ...message, inputAt, inputBytes: 70_000 };
    expect(parseMessage(JSON.stringify(stored))).toEqual({ ok: true, value: stored });
  });

  it.each(inputs)('is refused with %s', (_what, fields, problem) => {
    const parsed = parseMessage(JSON.stringify({ ...message, ...fields }));
    expect(parsed.ok || parsed.error.message).toContain(problem);
  });
});

describe('a record', () => {
  it.each(inputs)('of a definition is refused with %s', (_what, fields, problem) => {
    const parsed = parseDefinitionRecord({ ...definition, ...fields });
    expect(parsed.ok || parsed.error.message).toContain(problem);
  });

  it.each([
    ['both', { output: 1, outputAt, outputBytes: 9 }, 'outputAt: expected none beside output'],
    ['no size', { outputAt }, 'outputBytes: expected together with outputAt'],
    ['a size alone', { output: 1, outputBytes: 9 }, 'outputBytes: expected together with outputAt'],
    ["another task's key", { outputAt: outputAt.replace(id, other), outputBytes: 9 }, 'own'],
  ])('of a result is refused with %s', (_what, fields, problem) => {
    const parsed = parseResultRecord({ ...result, ...fields });
    expect(parsed.ok || parsed.error.message).toContain(problem);
  });

  it('of a task has the places and sizes of both', () => {
    const asked = parseDefinitionRecord({ ...definition, inputAt, inputBytes: 70_000 });
    const became = parseResultRecord({ ...result, outputAt, outputBytes: 80_000 });
    if (!asked.ok || !became.ok) throw new Error('expected both to fit');
    const record = combineRecord(id, { definition: asked.value, result: became.value });
    expect(record).toMatchObject({ inputAt, inputBytes: 70_000, outputAt, outputBytes: 80_000 });
    expect(record).not.toHaveProperty('input');
    expect(record).not.toHaveProperty('output');
  });
});
