import { expect, it } from 'vitest';
import { publicRecord } from './publicRecord.ts';

const id = `echo_${'0a'.repeat(16)}` as const;
const known = { id, worker: 'echo', state: 'succeeded', attempt: 1 } as const;

it('has the sizes of large values, and no storage keys', () => {
  const sizes = { inputBytes: 70_000, outputBytes: 80_000 };
  const record = { ...known, ...sizes, inputAt: 'offload/a', outputAt: 'offload/b' };
  expect(publicRecord(record)).toEqual({ ...known, ...sizes });
});
