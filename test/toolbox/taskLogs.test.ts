import { systemClock } from '@taskfleet/toolbox/clock';
import { newTaskId } from '@taskfleet/toolbox/contract';
import { packLines, putLog, readLog } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientsOf, resourcesOf } from '../fixtures/startParts.ts';
import { startStack } from '@taskfleet/infra/local';
import { notesFleet } from './notesFleet.ts';

let stack: Awaited<ReturnType<typeof startStack>>;
beforeAll(async () => {
  stack = await startStack({ fleet: notesFleet });
});
afterAll(async () => stack.stop());

const table = () => ({
  dynamodb: clientsOf(stack).dynamodb,
  tableName: resourcesOf(stack).tableName,
});
const newId = () => newTaskId('notes', systemClock);
const lines = (...messages: string[]) =>
  messages.map((message) => ({ at: 1_000, level: 'info' as const, message, fields: { n: [1] } }));
const keep = async (
  log: { id: ReturnType<typeof newId>; token: number; said: number },
  text: string,
) => putLog(table(), { ...log, attempt: 1, packed: packLines(lines(text)), expiresAt: 9e12 });

describe('a log that is kept', () => {
  it('is read as it was written', async () => {
    const id = newId();
    const log = { attempt: 2, token: 3, said: 9 };
    const packed = packLines(lines('ä', '😀'));
    expect(await putLog(table(), { ...log, id, packed, expiresAt: 9e12 })).toBe(true);
    expect(await readLog(table(), id)).toEqual({ ...log, lines: lines('ä', '😀') });
  });

  it('is nothing for a task that has none', async () => {
    expect(await readLog(table(), newId())).toBeUndefined();
  });

  it.each([
    ['a later attempt', { token: 2, said: 1 }, true],
    ['the same attempt with more to say', { token: 1, said: 6 }, true],
    ['the same attempt with as much to say', { token: 1, said: 5 }, false],
    ['the same attempt, before', { token: 1, said: 4 }, false],
    ['an earlier attempt', { token: 0, said: 99 }, false],
  ])('is replaced as it should be by %s', async (_who, then, isReplaced) => {
    const id = newId();
    await keep({ id, token: 1, said: 5 }, 'first');
    expect(await keep({ id, ...then }, 'second')).toBe(isReplaced);
    const kept = await readLog(table(), id);
    expect(kept?.lines).toEqual(lines(isReplaced ? 'second' : 'first'));
  });
});
