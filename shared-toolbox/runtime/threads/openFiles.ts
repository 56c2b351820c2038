import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { ArtifactRef, Artifacts, StoredArtifact } from '../../contract/index.ts';
import type { FileAsk } from './threadMessages.ts';

/** Files of a list that pass at once. */
const PAGE = 1_000;

interface Upload {
  readonly body: PassThrough;
  /** Settles when the file is stored, or is not. */
  readonly stored: Promise<ArtifactRef>;
}

/** What a handler in a thread has under way with files: the other end of what it reads, lists and writes bit by bit. */
export class OpenFiles {
  readonly #artifacts: Artifacts;
  readonly #sources = new Map<number, AsyncIterator<unknown>>();
  readonly #uploads = new Map<number, Upload>();
  #last = 0;

  constructor(artifacts: Artifacts) {
    this.#artifacts = artifacts;
  }

  async answer(ask: FileAsk): Promise<unknown> {
    switch (ask.what) {
      case 'stream':
        return this.#open(await this.#artifacts.stream(ask.ref));
      case 'list':
        return this.#open(pagesOf(this.#artifacts.list(ask.folder)));
      case 'next':
        return (await this.#sources.get(ask.source)?.next())?.value;
      case 'close':
        return this.#close(ask.source);
      case 'begin':
        return this.#begin(ask.name, ask.contentType);
      default:
        return this.#goOn(this.#uploadOf(ask.upload), ask);
    }
  }

  /** Ends what is still under way: the run is over. */
  close(): void {
    for (const source of this.#sources.keys()) this.#close(source);
    for (const upload of this.#uploads.values()) void this.#discard(upload);
  }

  #open(given: AsyncIterable<unknown>): number {
    this.#sources.set((this.#last += 1), given[Symbol.asyncIterator]());
    return this.#last;
  }

  #close(number: number): void {
    // Not waited for: it may be in the middle of a wait of its own.
    this.#sources
      .get(number)
      ?.return?.()
      .catch(() => undefined);
    this.#sources.delete(number);
  }

  #begin(name: string, contentType: string): number {
    const body = new PassThrough();
    // Nobody may be reading it at the moment of an error: what became of it, `stored` says.
    body.on('error', () => undefined);
    const stored = this.#artifacts.write(name, body, contentType);
    stored.catch((error: unknown) => body.destroy(error as Error));
    this.#uploads.set((this.#last += 1), { body, stored });
    return this.#last;
  }

  #uploadOf(number: number): Upload {
    const upload = this.#uploads.get(number);
    if (upload) return upload;
    throw new TypeError(`expected an upload that has begun, got ${number}`);
  }

  async #goOn(
    upload: Upload,
    ask: Extract<FileAsk, { what: 'append' | 'finish' | 'discard' }>,
  ): Promise<unknown> {
    switch (ask.what) {
      case 'append':
        return this.#append(upload, ask.bytes);
      case 'finish':
        return this.#finish(upload);
      case 'discard':
        return this.#discard(upload);
    }
  }

  /** Resolves when there is room for more. */
  async #append({ body, stored }: Upload, bytes: Uint8Array): Promise<void> {
    const isFull = !body.destroyed && !body.write(bytes);
    if (isFull) await Promise.race([once(body, 'drain'), stored]);
    if (body.destroyed) await stored;
  }

  async #finish({ body, stored }: Upload): Promise<ArtifactRef> {
    body.end();
    return stored;
  }

  /** Resolves when nothing is left of it. */
  async #discard({ body, stored }: Upload): Promise<void> {
    body.destroy(new Error('the source of the file has thrown'));
    await stored.catch(() => undefined);
  }
}

async function* pagesOf(
  files: AsyncIterable<StoredArtifact>,
): AsyncGenerator<readonly StoredArtifact[], void, undefined> {
  let page: StoredArtifact[] = [];
  for await (const file of files) {
    page.push(file);
    if (page.length < PAGE) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}
