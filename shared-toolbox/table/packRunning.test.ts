import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packRunning, unpackRunning } from './packRunning.ts';

const digits = fc.stringMatching(/^[0-9a-f]{32}$/);
const action = fc.stringMatching(/^[a-z][A-Za-z0-9-]{0,62}$/);
const task = fc.record({ digits, action, startedAt: fc.nat(4e12) }).map((drawn) => ({
  id: `a-b_${drawn.digits}` as const,
  task: `a-b.${drawn.action}`,
  startedAt: drawn.startedAt,
}));

it('running tasks come back as they were, the first of them when not all fit', () => {
  fc.assert(
    fc.property(fc.array(task, { maxLength: 30 }), fc.nat(3_000), (tasks, most) => {
      const packed = packRunning(tasks, most);
      expect(packed.length).toBeLessThanOrEqual(most);
      const unpacked = unpackRunning('a-b', packed);
      expect(unpacked).toEqual(tasks.slice(0, unpacked.length));
      const withNext = packRunning(tasks.slice(0, unpacked.length + 1), Infinity);
      expect(unpacked.length === tasks.length || withNext.length > most).toBe(true);
    }),
  );
});
