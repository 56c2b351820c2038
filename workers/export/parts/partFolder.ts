import type { ArtifactRef, Artifacts } from '@taskfleet/toolbox/contract';
import { exportWorker } from '../contract.ts';

/** Where the files of a part lie until they are bundled: their names there are those in the zip. */
export class PartFolder {
  readonly #artifacts: Artifacts;
  readonly #path: string;
  readonly #written = new Set<string>();

  constructor(artifacts: Artifacts, folder: string, part: string) {
    this.#artifacts = artifacts;
    this.#path = partPath(folder, part);
  }

  get files(): number {
    return this.#written.size;
  }

  async write(
    name: string,
    body: AsyncIterable<Uint8Array> | Uint8Array,
    contentType: string,
  ): Promise<void> {
    const ref = await this.#artifacts.write(`${this.#path}${name}`, body, contentType);
    this.#written.add(ref);
  }

  /** Removes what an earlier attempt has left that this one has not made. */
  async tidy(): Promise<void> {
    const stale: ArtifactRef[] = [];
    const prefix = `artifact:${exportWorker.name}/${this.#path}` as const;
    for await (const { ref } of this.#artifacts.list(prefix)) {
      if (!this.#written.has(ref)) stale.push(ref);
    }
    if (stale.length > 0) await this.#artifacts.remove(stale);
  }
}

/** `<export>/parts/xls/`, below the worker's own prefix. */
export function partPath(folder: string, part: string): string {
  return `${folder}/parts/${part}/`;
}
