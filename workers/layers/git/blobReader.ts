import { endGroup, type GitOptions, type GitProcess, startGit } from './git.ts';

/** Reads objects one after the other, with one git for all of them. Not for two reads at once. */
export class BlobReader {
  readonly #git: GitProcess;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #signal: AbortSignal;
  #rest: Buffer = Buffer.alloc(0);

  constructor(options: GitOptions) {
    this.#git = startGit(options, ['cat-file', '--batch']);
    this.#git.stderr.resume();
    this.#git.on('error', () => undefined);
    this.#chunks = (this.#git.stdout as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    this.#signal = options.signal;
  }

  /** Throws when git has ended, and the signal's reason when it was aborted. */
  async read(digest: string): Promise<Buffer> {
    this.#git.stdin.write(`${digest}\n`);
    const header = await this.#take((rest) => rest.indexOf('\n') + 1);
    const size = Number(/ blob (\d+)\n$/.exec(header.toString('latin1'))?.[1]);
    if (Number.isNaN(size)) throw new Error(`git cannot read ${header.toString('latin1').trim()}`);
    // A line break follows.
    const body = await this.#take((rest) => (rest.length > size ? size + 1 : 0));
    return body.subarray(0, size);
  }

  close(): void {
    endGroup(this.#git);
  }

  /** As many bytes as `count` says once it says more than 0. */
  async #take(count: (rest: Buffer) => number): Promise<Buffer> {
    for (;;) {
      const bytes = count(this.#rest);
      if (bytes > 0) {
        const taken = this.#rest.subarray(0, bytes);
        this.#rest = this.#rest.subarray(bytes);
        return taken;
      }
      const { done, value } = await this.#chunks.next();
      this.#signal.throwIfAborted();
      if (done) throw new Error('git ended before it had given the file');
      this.#rest = Buffer.concat([this.#rest, value]);
    }
  }
}
