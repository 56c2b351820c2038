import {
  ArtifactNotFoundError,
  type Artifacts,
  type ParsedInputOf,
  RetryAfter,
} from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import type { Size } from '../images/sizes.ts';
import { keptFolder, photosOf, REFUSAL_FILE, thumbnailFolder } from './thumbnailFolder.ts';

type Input = ParsedInputOf<typeof contract.createThumbnails>;

/** Where a photo's thumbnails go. */
export interface PhotoPlace {
  readonly folder: string;
  /** Throws RetryAfter when the photo was replaced since: what was read may be either. */
  expectSamePhoto(): Promise<void>;
  /** Keeps for `thumbnails.gallery` that there will be no thumbnails. */
  refuse(reason: string): Promise<void>;
}

const nothing = async () => undefined;

/** Throws ArtifactNotFoundError for a photo of the gallery that is gone. */
export async function photoPlace(
  { gallery, photo }: Input,
  sizes: readonly Size[],
  artifacts: Artifacts,
): Promise<PhotoPlace> {
  if (!photo.startsWith(photosOf(gallery))) {
    return { folder: thumbnailFolder(gallery, photo), expectSamePhoto: nothing, refuse: nothing };
  }
  const stored = await artifacts.find(photo);
  if (!stored) throw new ArtifactNotFoundError(photo);
  const folder = keptFolder(gallery, stored, sizes);
  return {
    folder,
    expectSamePhoto: async () => {
      const now = await artifacts.find(photo);
      if (now?.version === stored.version) return;
      throw new RetryAfter('1s', `photo ${photo}: was replaced while it was read`);
    },
    refuse: async (reason) => {
      const note = Buffer.from(`${reason}\n`);
      await artifacts.write(`${folder}/${REFUSAL_FILE}`, note, 'text/plain; charset=utf-8');
    },
  };
}
