import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTaskId, newTaskId, workerOfId } from './index.ts';

const worker = fc.stringMatching(/^[a-z][a-z0-9-]{0,30}$/);
const instant = fc.integer({ min: 0, max: 2 ** 47 });
const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 });

function idAt(now: number, name = 'export', random: Uint8Array = randomBytes(16)) {
  return newTaskId(name, { now: () => now, randomBytes: () => random });
}

describe('task ids', () => {
  it('are worker and 32 hexadecimal digits', () => {
    fc.assert(
      fc.property(worker, instant, bytes, (name, now, random) => {
        const id = idAt(now, name, random);
        expect(id).toMatch(/^[a-z][a-z0-9-]*_[0-9a-f]{32}$/);
        expect(isTaskId(id)).toBe(true);
        expect(workerOfId(id)).toBe(name);
      }),
    );
  });

  it('sort by time', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 1_000_000 }), (now, later) => {
        expect(idAt(now) < idAt(now + later)).toBe(true);
      }),
    );
  });

  it('differ within a millisecond', () => {
    expect(new Set(Array.from({ length: 1_000 }, () => idAt(1_700_000_000_000))).size).toBe(1_000);
  });

  it.each([
    '',
    'export',
    'export_',
    `_${'0'.repeat(32)}`,
    `export_${'0'.repeat(31)}`,
    `export_${'0'.repeat(33)}`,
    `export_${'A'.repeat(32)}`,
    `Export_${'0'.repeat(32)}`,
    `export_${'0'.repeat(32)}\n`,
    `result#export_${'0'.repeat(32)}`,
  ])('are not %j', (text) => {
    expect(isTaskId(text)).toBe(false);
  });
});
