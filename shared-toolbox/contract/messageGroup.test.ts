import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageGroupId, newTaskId, type TaskId } from './index.ts';

const worker = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
const group = fc.string({ unit: 'binary', maxLength: 300 });

function idOf(name: string, now = 1): TaskId {
  return newTaskId(name, { now: () => now, randomBytes: () => new Uint8Array(16) });
}

describe('messageGroupId', () => {
  it('is what AWS takes, whatever the group', () => {
    fc.assert(
      fc.property(worker, group, (name, some) => {
        expect(messageGroupId({ id: idOf(name), group: some })).toMatch(/^[\x21-\x7e]{1,128}$/);
      }),
    );
  });

  it('is the same for the same group, and for no other', () => {
    fc.assert(
      fc.property(worker, group, group, (name, one, other) => {
        const [first, second] = [one, other].map((some, i) =>
          messageGroupId({ id: idOf(name, i), group: some }),
        );
        expect(first === second).toBe(one === other);
      }),
    );
  });

  it('keeps the groups of two workers apart', () => {
    fc.assert(
      fc.property(worker, worker, group, group, (one, other, first, second) => {
        fc.pre(one !== other);
        const left = messageGroupId({ id: idOf(one), group: first });
        expect(left).not.toBe(messageGroupId({ id: idOf(other), group: second }));
      }),
    );
  });

  it('is the id itself without a group, so that nothing waits for it', () => {
    fc.assert(
      fc.property(worker, group, (name, some) => {
        const id = idOf(name);
        expect(messageGroupId({ id, group: undefined })).toBe(id);
        expect(messageGroupId({ id, group: some })).not.toBe(id);
      }),
    );
  });
});
