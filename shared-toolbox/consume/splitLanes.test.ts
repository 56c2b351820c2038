import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLanes } from './splitLanes.ts';

describe('splitLanes', () => {
  it('keeps the order within a group and loses nothing', () => {
    const batch = fc
      .array(fc.constantFrom('a', 'b', '__proto__'), { maxLength: 10 })
      .map((groups) => groups.map((groupId, n) => ({ groupId, n })));
    fc.assert(
      fc.property(batch, (messages) => {
        const lanes = splitLanes(messages);
        for (const lane of lanes) {
          expect(new Set(lane.map(({ groupId }) => groupId)).size).toBe(1);
          expect(lane).toEqual(messages.filter(({ groupId }) => groupId === lane[0]!.groupId));
        }
        expect(lanes.flat()).toHaveLength(messages.length);
      }),
    );
  });
});
