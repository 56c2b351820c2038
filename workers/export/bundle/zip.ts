import { type PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** A file on its way into a zip. */
export interface ZipEntry {
  /** Path in the zip, with `/`. */
  readonly name: string;
  readonly body: AsyncIterable<Uint8Array | string>;
  /** Whether it is packed already, as a photo or another zip is. Default false. */
  readonly isPacked?: boolean;
}

/**
 * The bytes of a zip. The next entry is asked for when the one before has been read, and nothing is read faster than the bytes are taken. Rejects
 * with what an entry rejects with: whoever stores the bytes then stores nothing.
 */
export async function* zip(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const file = new ZipFile();
  // What yazl makes is a PassThrough; its types say less.
  const output = file.outputStream as PassThrough;
  const adding = new Adding(file);
  file.on('error', (error: Error) => output.destroy(error));
  adding.all(entries).catch((error: Error) => output.destroy(error));
  try {
    yield* output as AsyncIterable<Uint8Array>;
  } finally {
    adding.stop();
    output.destroy();
  }
}

class Adding {
  readonly #file: ZipFile;
  #current: Readable | undefined;

  constructor(file: ZipFile) {
    this.#file = file;
  }

  async all(entries: AsyncIterable<ZipEntry>): Promise<void> {
    for await (const { name, body, isPacked = false } of entries) {
      this.#current = Readable.from(body, { objectMode: false });
      this.#file.addReadStream(this.#current, name, { compress: !isPacked });
      await finished(this.#current);
    }
    this.#file.end();
  }

  /** Closes what the entry that is being read has open. */
  stop(): void {
    this.#current?.destroy();
  }
}
