import { expect, test } from 'vitest';
import { tryDecoding } from './tryDecoding.ts';

function complain(message: string): () => Promise<never> {
  return () => Promise.reject(new Error(message));
}

test('returns the last line of what the decoder complains about', async () => {
  const decode = complain('source: bad seek to 7\nheif: Corrupt frame\n');
  expect(await tryDecoding('AVIF', decode)).toEqual({
    ok: false,
    error: 'expected a whole AVIF, got a broken one (heif: Corrupt frame)',
  });
});

test('throws when memory is short, because the file may be good', async () => {
  const decode = complain('vips_tracked: out of memory --- size == 48MB');
  await expect(tryDecoding('JPEG', decode)).rejects.toThrow('out of memory');
});
