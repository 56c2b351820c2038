import { describe, expect, it } from 'vitest';
import { checkStageName, deadLetterQueueName, queueName } from './stackNames.ts';

describe('checkStageName', () => {
  it.each([
    { prefix: 'taskfleet', stage: 'dev' },
    { prefix: 'a', stage: 'z9' },
    { prefix: 'acme-tasks', stage: 'abcdefghijklmnop' },
  ])('accepts $prefix and $stage', (name) => {
    expect(() => checkStageName(name)).not.toThrow();
  });

  it.each(['', 'Dev', '1st', 'dev-1', 'dev_1', 'dev 1', 'abcdefghijklmnopq'])(
    'refuses the stage "%s"',
    (stage) => {
      expect(() => checkStageName({ prefix: 'taskfleet', stage })).toThrow(/^stack: stage: .*got/);
    },
  );

  it('reports every problem at once', () => {
    expect(() => checkStageName({ prefix: 'Task', stage: 'Dev' })).toThrow(/stage: .*; prefix: /);
  });
});

describe('queue names', () => {
  const longest = { prefix: 'p'.repeat(20), stage: 's'.repeat(16) };

  it('fit into the 80 characters of SQS with every part at its bound', () => {
    expect(queueName(longest, 'w'.repeat(31)).length).toBeLessThanOrEqual(80);
    expect(deadLetterQueueName(longest, 'w'.repeat(31)).length).toBeLessThanOrEqual(80);
  });
});
