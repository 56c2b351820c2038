import { isOutage } from '@taskfleet/toolbox/breaker';
import type { ArtifactRef, Artifacts } from '@taskfleet/toolbox/contract';
import { updateGallery } from '@taskfleet/worker-thumbnails/contract';
import { AwayError } from '../errors.ts';
import { CREATOR, type PageDeps } from '../hostPage.ts';

/** A photo that somebody puts into the gallery. */
export interface Photo {
  readonly name: string;
  readonly contentType: string;
  readonly body: Uint8Array;
}

/** Bytes of a thumbnail that is passed on. */
const LARGEST_PICTURE = 2_000_000;

/** The photos of one gallery, in the bucket; their thumbnails are the worker's. Every call throws AwayError while the bucket is away. */
export class Gallery {
  readonly #name: string;
  readonly #uploads: Artifacts;
  readonly #fleet: PageDeps['fleet'];

  constructor(name: string, { uploads, fleet }: Pick<PageDeps, 'uploads' | 'fleet'>) {
    this.#name = name;
    this.#uploads = uploads;
    this.#fleet = fleet;
  }

  async photos(): Promise<ArtifactRef[]> {
    return orAway(listed(this.#uploads.list(this.#refOf(''))));
  }

  async add({ name, contentType, body }: Photo): Promise<void> {
    await orAway(this.#uploads.write(this.#keyOf(name), body, contentType));
    await this.#update();
  }

  async remove(name: string): Promise<void> {
    await orAway(this.#uploads.remove([this.#refOf(name)]));
    await this.#update();
  }

  /** A thumbnail of this gallery. */
  async picture(ref: ArtifactRef): Promise<Uint8Array> {
    return orAway(this.#uploads.read(ref, { maximumBytes: LARGEST_PICTURE }));
  }

  /** Has the thumbnails follow the photos. */
  async #update(): Promise<void> {
    const gallery = this.#name;
    const about = { creator: CREATOR, subject: `gallery/${gallery}` };
    await this.#fleet.schedule(updateGallery, { gallery }, about);
  }

  #keyOf(name: string): string {
    return `galleries/${this.#name}/${name}`;
  }

  #refOf(name: string): ArtifactRef {
    return `artifact:uploads/${this.#keyOf(name)}`;
  }
}

async function listed(files: ReturnType<Artifacts['list']>): Promise<ArtifactRef[]> {
  const refs: ArtifactRef[] = [];
  for await (const { ref } of files) refs.push(ref);
  return refs;
}

async function orAway<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw isOutage(error) ? new AwayError('the store of files', { cause: error }) : error;
  });
}
