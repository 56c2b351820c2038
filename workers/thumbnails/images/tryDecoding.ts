import type { Parsed } from '@taskfleet/toolbox/contract';
import type { PhotoFormat } from './recognizeFormat.ts';

/**
 * Runs a decoder. What it finds wrong with the file is returned in one line; want of memory is not the file's fault and
 * is thrown, so that the task is tried again.
 */
export async function tryDecoding<Value>(
  format: PhotoFormat,
  decode: () => Promise<Value>,
): Promise<Parsed<Value, string>> {
  try {
    return { ok: true, value: await decode() };
  } catch (error) {
    const reason = lastLine(error);
    if (/out of memory|cannot allocate/i.test(reason)) throw error;
    return { ok: false, error: `expected a whole ${format}, got a broken one (${reason})` };
  }
}

/** libvips piles its complaints up, the one that counts at the end. */
function lastLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split('\n').at(-1) ?? message;
}
