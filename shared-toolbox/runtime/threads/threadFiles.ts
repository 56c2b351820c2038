import type { ArtifactRef, Artifacts, StoredArtifact } from '../../contract/index.ts';
import type { Ask } from './threadMessages.ts';

/** What passes at once of a file that comes in smaller bits: each passage costs as much as many bytes. */
const PASSED_BYTES = 65_536;

/** A worker's files, for a handler in a thread: the main thread has the connections. What it gives bit by bit is asked for bit by bit. */
export function threadFiles(ask: (ask: Ask) => Promise<unknown>): Artifacts {
  return {
    read: async (ref, options) => (await ask({ what: 'read', ref, options })) as Uint8Array,
    stream: async (ref) => bitsOf(ask, (await ask({ what: 'stream', ref })) as number),
    write: async (name, body, contentType) =>
      (body instanceof Uint8Array
        ? await ask({ what: 'write', name, body, contentType })
        : await pass(ask, { name, contentType }, body)) as ArtifactRef,
    find: async (ref) => (await ask({ what: 'find', ref })) as StoredArtifact | undefined,
    list: (folder) => listed(ask, folder),
    remove: async (refs) => void (await ask({ what: 'remove', refs })),
    link: async (ref, options) => (await ask({ what: 'link', ref, options })) as string,
  };
}

type AskMain = Parameters<typeof threadFiles>[0];

async function* listed(
  ask: AskMain,
  folder: ArtifactRef,
): AsyncGenerator<StoredArtifact, void, undefined> {
  const source = (await ask({ what: 'list', folder })) as number;
  for await (const page of givenBy<readonly StoredArtifact[]>(ask, source)) yield* page;
}

function bitsOf(ask: AskMain, source: number): AsyncIterable<Uint8Array> {
  return givenBy<Uint8Array>(ask, source);
}

/** What the main thread has opened under this number, and closes when nobody wants more of it. */
async function* givenBy<T>(ask: AskMain, source: number): AsyncGenerator<T, void, undefined> {
  try {
    for (;;) {
      const next = (await ask({ what: 'next', source })) as T | undefined;
      if (next === undefined) return;
      yield next;
    }
  } finally {
    await ask({ what: 'close', source });
  }
}

/** Passes a file on as its source gives it: the next bit is asked for when the main thread has room for it. */
async function pass(
  ask: AskMain,
  file: { readonly name: string; readonly contentType: string },
  source: AsyncIterable<Uint8Array>,
): Promise<unknown> {
  const upload = (await ask({ what: 'begin', ...file })) as number;
  try {
    for await (const bytes of inPassages(source)) await ask({ what: 'append', upload, bytes });
  } catch (error) {
    await ask({ what: 'discard', upload });
    throw error;
  }
  return ask({ what: 'finish', upload });
}

async function* inPassages(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bits: Uint8Array[] = [];
  let length = 0;
  for await (const bit of source) {
    bits.push(bit);
    length += bit.length;
    if (length < PASSED_BYTES) continue;
    yield Buffer.concat(bits);
    bits = [];
    length = 0;
  }
  if (length > 0) yield Buffer.concat(bits);
}
