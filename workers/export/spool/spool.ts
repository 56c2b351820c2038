import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const BUFFER_CHARACTERS = 64 * 1_024;

/** Values on disk, in order, as often as wanted: columns, widths and extents are known only after all of them have been seen. */
export class Spool {
  readonly #path: string;
  readonly #spend: (bytes: number) => void;
  #file: FileHandle | undefined;
  #waiting: string[] = [];
  #characters = 0;
  #count = 0;

  /** `spend` is told of every byte, and throws when there are too many. */
  constructor(path: string, spend: (bytes: number) => void) {
    this.#path = path;
    this.#spend = spend;
  }

  /** Values in it. */
  get count(): number {
    return this.#count;
  }

  async add(value: unknown): Promise<void> {
    const line = `${JSON.stringify(value)}\n`;
    this.#count += 1;
    this.#waiting.push(line);
    this.#characters += line.length;
    if (this.#characters >= BUFFER_CHARACTERS) await this.#flush();
  }

  /** All values so far. T is what was added. */
  async *read<T>(): AsyncGenerator<T> {
    await this.#flush();
    if (!this.#file) return;
    const input = createReadStream(this.#path, { highWaterMark: BUFFER_CHARACTERS });
    try {
      for await (const line of createInterface({ input, crlfDelay: Infinity })) {
        yield JSON.parse(line) as T;
      }
    } finally {
      input.destroy();
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }

  async #flush(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const bytes = Buffer.from(this.#waiting.join(''));
    this.#waiting = [];
    this.#characters = 0;
    this.#spend(bytes.length);
    this.#file ??= await open(this.#path, 'w');
    await this.#file.writeFile(bytes);
  }
}
