import { describe, expect, it } from 'vitest';
import type { Answer } from '../askAws.ts';
import { expectAll } from './expectation.ts';

const question = { service: 's', operation: 'o', parameters: {}, find: '@' };
const policy = { what: 'Policy', question, expected: { Effect: 'Deny' }, read: parse };

function parse(found: unknown): unknown {
  return JSON.parse(String(found));
}

function answering(answer: Answer) {
  return async (): Promise<readonly Answer[]> => [answer];
}

describe('expectAll', () => {
  it('names what is as it has to be', async () => {
    const ask = answering({ value: '{"Effect":"Deny"}' });
    expect(await expectAll(ask, [policy])).toEqual(['Policy']);
  });

  it.each([
    { answer: { value: '{"Effect":"Allow"}' }, got: '{"Effect":"Allow"}' },
    { answer: { error: 'no such policy' }, got: '"no such policy"' },
  ])('refuses $got', async ({ answer, got }) => {
    await expect(expectAll(answering(answer), [policy])).rejects.toThrow(
      `Policy: expected {"Effect":"Deny"}, got ${got}`,
    );
  });
});
