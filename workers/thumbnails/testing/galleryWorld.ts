import type { ArtifactRef, OutputOf } from '@taskfleet/toolbox/contract';
import { type AttemptEnd, runAttempt } from '@taskfleet/toolbox/testing';
import { createThumbnails, updateGallery } from '../contract.ts';
import { thumbnailsWith } from '../implementation.ts';
import type { Size } from '../images/sizes.ts';

type Counts = OutputOf<typeof updateGallery>;

/** A bucket in memory in which `thumbnails.gallery` is run, and then what it has scheduled. */
export class GalleryWorld {
  readonly files = new Map<ArtifactRef, Uint8Array>();
  readonly #implementation;

  constructor(sizes: readonly Size[]) {
    this.#implementation = thumbnailsWith(sizes);
  }

  put(name: string, body: Uint8Array): void {
    this.files.set(`artifact:uploads/galleries/summer/${name}`, body);
  }

  /** What it did, without what it has scheduled. */
  async look(gallery = 'summer'): Promise<AttemptEnd<typeof updateGallery>> {
    const files = Object.fromEntries(this.files);
    const end = await runAttempt(updateGallery, this.#implementation, { gallery }, { files });
    this.#apply(end);
    return end;
  }

  /** The same, and what it has scheduled. */
  async update(gallery = 'summer'): Promise<Counts> {
    const { scheduled, output } = await this.look(gallery);
    for (const { input } of scheduled) await this.create(input as never);
    return output;
  }

  async create(input: { gallery: string; photo: ArtifactRef }) {
    const files = Object.fromEntries(this.files);
    const end = await runAttempt(createThumbnails, this.#implementation, input, { files });
    this.#apply(end);
    return end;
  }

  /** References of what there is of thumbnails. */
  thumbnails(): ArtifactRef[] {
    return [...this.files.keys()].filter((ref) => ref.startsWith('artifact:thumbnails/'));
  }

  #apply({ stored, removed }: Pick<AttemptEnd, 'stored' | 'removed'>): void {
    for (const ref of removed) this.files.delete(ref);
    for (const [ref, { body }] of stored) this.files.set(ref, body);
  }
}
