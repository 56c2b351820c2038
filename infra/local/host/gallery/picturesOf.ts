import { artifactRef, type ArtifactRef } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import type { ShownTask } from '../platformApi.ts';

const input = z.looseObject({ photo: artifactRef });
const output = z.looseObject({ square: z.looseObject({ ref: artifactRef }) });

export interface Picture {
  readonly name: string;
  /** Of its newest task. */
  readonly state: string | undefined;
  readonly error: string | undefined;
  /** Its small square; undefined while it is made. */
  readonly square: ArtifactRef | undefined;
}

/** Each photo with what became of it, out of tasks with the newest first. */
export function picturesOf(
  photos: readonly ArtifactRef[],
  tasks: readonly ShownTask[],
): readonly Picture[] {
  return photos.map((photo) => {
    const ofPhoto = tasks.filter((task) => input.safeParse(task.input).data?.photo === photo);
    const [newest] = ofPhoto;
    const made = ofPhoto.map((task) => output.safeParse(task.output)).find((one) => one.success);
    return {
      name: photo.slice(photo.lastIndexOf('/') + 1),
      state: newest?.state,
      error: newest?.error?.message,
      square: made?.data.square.ref,
    };
  });
}
