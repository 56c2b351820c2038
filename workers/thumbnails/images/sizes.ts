/** Pixels, after the photo's orientation has been applied. Whole and at least 1. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** The longer side of each scaled copy, in pixels. */
export const LONGER_SIDE = { large: 2_048, medium: 1_024, small: 320 } as const;

/** The side of the square, in pixels. */
export const SQUARE_SIDE = 160;

/** The photo scaled down so that its longer side has at most so many pixels; never enlarged, never without a pixel. */
export function fitInside(photo: Dimensions, longerSide: number): Dimensions {
  return scale(photo, longerSide / Math.max(photo.width, photo.height));
}

/** The side of the square cut from a photo: 160, or the largest square inside a smaller photo. */
export function squareSide({ width, height }: Dimensions): number {
  return Math.min(SQUARE_SIDE, width, height);
}

/**
 * The smallest copy from which every thumbnail can be made without enlarging, so that a photo is decoded once. It is the
 * large copy, but for a long panorama: there the large copy is lower than the square.
 */
export function workingSize(photo: Dimensions): Dimensions {
  const { width, height } = photo;
  const forLarge = LONGER_SIDE.large / Math.max(width, height);
  const forSquare = SQUARE_SIDE / Math.min(width, height);
  return scale(photo, Math.max(forLarge, forSquare));
}

function scale({ width, height }: Dimensions, factor: number): Dimensions {
  const shrink = Math.min(1, factor);
  return {
    width: Math.max(1, Math.round(width * shrink)),
    height: Math.max(1, Math.round(height * shrink)),
  };
}
