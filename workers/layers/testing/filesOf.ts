import { createHash } from 'node:crypto';
import type { LayerFiles } from '../git/openTree.ts';

/** A layer's files in memory. */
export function filesOf(texts: Readonly<Record<string, string>>): LayerFiles {
  return {
    digests: new Map(Object.entries(texts).map(([path, text]) => [path, digestOf(text)])),
    refused: new Map(),
    read: async (path) => {
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
      return text === undefined ? { ok: false, error: 'not there' } : { ok: true, value: text };
    },
  };
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
