import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkStageName, deadLetterQueueName, queueName } from './stackNames.ts';

describe('checkStageName', () => {
  it.each([
    { prefix: 'taskfleet', stage: 'dev' },
    { prefix: 'a', stage: 'z9' },
    { prefix: 'acmetasks', stage: 'abcdefghijklmnop' },
  ])('accepts $prefix and $stage', (name) => {
    expect(() => checkStageName(name)).not.toThrow();
  });

  it.each(['', 'Dev', '1st', 'dev-1', 'dev_1', 'dev 1', 'abcdefghijklmnopq'])(
    'refuses the stage "%s"',
    (stage) => {
      expect(() => checkStageName({ prefix: 'taskfleet', stage })).toThrow(/^stack: stage: .*got/);
    },
  );

  it.each(['', 'Acme', '1st', 'acme-tasks', 'acme_tasks', 'a'.repeat(21)])(
    'refuses the prefix "%s"',
    (prefix) => {
      expect(() => checkStageName({ prefix, stage: 'dev' })).toThrow(/^stack: prefix: .*got/);
    },
  );

  it('reports every problem at once', () => {
    expect(() => checkStageName({ prefix: 'Task', stage: 'Dev' })).toThrow(/stage: .*; prefix: /);
  });
});

/** Names that a stage and a worker may have. */
const part = fc.stringMatching(/^[ab][ab1]{0,3}$/);
const worker = fc.stringMatching(/^[ab][ab1-]{0,6}$/);
const place = fc.record({ prefix: part, stage: part, worker });

describe('queue names', () => {
  it('are never those of another stage, prefix or worker', () => {
    const namesOf = ({ worker, ...name }: { prefix: string; stage: string; worker: string }) => [
      queueName(name, worker),
      deadLetterQueueName(name, worker),
    ];
    fc.assert(
      fc.property(place, place, (one, other) => {
        checkStageName(one);
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(new Set([...namesOf(one), ...namesOf(other)]).size).toBe(4);
      }),
    );
    const ambiguous = { prefix: 'a', stage: 'b', worker: 'c-d' };
    expect(namesOf(ambiguous)).toEqual(namesOf({ prefix: 'a-b', stage: 'c', worker: 'd' }));
    expect(() => checkStageName({ prefix: 'a-b', stage: 'c' })).toThrow('prefix');
  });

  const longest = { prefix: 'p'.repeat(20), stage: 's'.repeat(16) };

  it('fit into the 80 characters of SQS with every part at its bound', () => {
    expect(queueName(longest, 'w'.repeat(31)).length).toBeLessThanOrEqual(80);
    expect(deadLetterQueueName(longest, 'w'.repeat(31)).length).toBeLessThanOrEqual(80);
  });
});
