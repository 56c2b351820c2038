import { createHash } from 'node:crypto';
import { keyOf, linkTerms, ownKeyOf, prefixOf, refOf, untilAborted } from '../artifacts/index.ts';
import {
  ArtifactNotFoundError,
  type ArtifactRef,
  type Artifacts,
  type StoredArtifact,
  TooLargeError,
} from '../contract/index.ts';

/** A file that a handler has stored. */
export interface StoredFile {
  readonly body: Uint8Array;
  readonly contentType: string;
}

export interface MemoryArtifactsOptions {
  readonly worker: string;
  /** What is there before. */
  readonly files: Readonly<Record<ArtifactRef, Uint8Array>>;
  /** Where what it writes goes; it can be read as well. */
  readonly stored: Map<ArtifactRef, StoredFile>;
  /** Where references go that it removes. */
  readonly removed: Set<ArtifactRef>;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A worker's view of a bucket in memory. */
export function memoryArtifacts(options: MemoryArtifactsOptions): Artifacts {
  const { worker, signal } = options;
  const bucket = new MemoryBucket(options);
  return {
    read: async (ref, { maximumBytes = Infinity } = {}) => {
      const body = bucket.read(ref);
      if (body.length <= maximumBytes) return body;
      throw new TooLargeError(`the file ${ref}`, body.length, maximumBytes);
    },
    stream: async (ref) => untilAborted(bitsOf(bucket.read(ref)), signal),
    write: async (name, body, contentType) => {
      const ref = refOf(`${worker}/${name}`);
      signal.throwIfAborted();
      const whole = body instanceof Uint8Array ? body : await wholeOf(untilAborted(body, signal));
      bucket.store(ref, { body: whole, contentType });
      return ref;
    },
    find: async (ref) => bucket.find(ref),
    list: (folder) => untilAborted(bucket.list(prefixOf(folder, worker)), signal),
    remove: async (refs) => {
      for (const ref of refs) bucket.remove(refOf(ownKeyOf(ref, worker)));
    },
    link: async (ref, linkOptions) => {
      const { seconds, disposition } = linkTerms(ref, linkOptions);
      bucket.read(ref);
      const query = new URLSearchParams({ expires: `${seconds}`, disposition });
      return `https://bucket.test/${encodeURI(keyOf(ref))}?${query.toString()}`;
    },
  };
}

class MemoryBucket {
  readonly #options: MemoryArtifactsOptions;
  readonly #startedAt: number;
  readonly #storedAt = new Map<ArtifactRef, number>();

  constructor(options: MemoryArtifactsOptions) {
    this.#options = options;
    this.#startedAt = options.now();
  }

  read(ref: ArtifactRef): Uint8Array {
    const body = this.#bodyOf(ref);
    if (body) return body;
    throw new ArtifactNotFoundError(ref);
  }

  store(ref: ArtifactRef, file: StoredFile): void {
    const { stored, removed, now } = this.#options;
    stored.set(ref, file);
    removed.delete(ref);
    this.#storedAt.set(ref, now());
  }

  find(ref: ArtifactRef): StoredArtifact | undefined {
    const body = this.#bodyOf(ref);
    if (!body) return undefined;
    const at = this.#storedAt.get(ref) ?? this.#startedAt;
    const version = createHash('md5').update(body).digest('hex');
    return { ref, sizeBytes: body.length, modifiedAt: Math.floor(at / 1_000) * 1_000, version };
  }

  async *list(prefix: string): AsyncGenerator<StoredArtifact, void, undefined> {
    const { files, stored } = this.#options;
    const refs = new Set([...(Object.keys(files) as ArtifactRef[]), ...stored.keys()]);
    for (const ref of [...refs].toSorted(byBytes)) {
      const found = keyOf(ref).startsWith(prefix) && this.find(ref);
      if (found) yield found;
    }
  }

  remove(ref: ArtifactRef): void {
    const { stored, removed } = this.#options;
    stored.delete(ref);
    removed.add(ref);
  }

  #bodyOf(ref: ArtifactRef): Uint8Array | undefined {
    const { files, stored, removed } = this.#options;
    return removed.has(ref) ? undefined : (stored.get(ref)?.body ?? files[ref]);
  }
}

const BIT_BYTES = 65_536;

async function* bitsOf(body: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < body.length; at += BIT_BYTES) yield body.subarray(at, at + BIT_BYTES);
}

async function wholeOf(bits: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const bit of bits) all.push(bit);
  return Buffer.concat(all);
}

/** As S3 orders keys. */
function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
