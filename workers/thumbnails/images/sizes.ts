/** Pixels, after the photo's orientation has been applied. Whole and at least 1. */
export interface Dimensions {
  readonly width: number;
  readonly height: number;
}

/** One of the copies that are made of every photo. */
export interface Size {
  readonly name: string;
  /** Of the longer side, at most; of each side of a square. */
  readonly pixels: number;
  /** Cut out of the photo, instead of all of it. */
  readonly isSquare: boolean;
}

/** The photo scaled down so that its longer side has at most so many pixels; never enlarged, never without a pixel. */
export function fitInside(photo: Dimensions, longerSide: number): Dimensions {
  return scale(photo, longerSide / Math.max(photo.width, photo.height));
}

/** The side of a square cut from a photo: as asked for, or the largest square inside a smaller photo. */
export function squareSide({ width, height }: Dimensions, side: number): number {
  return Math.min(side, width, height);
}

/**
 * The smallest copy from which every thumbnail can be made without enlarging, so that a photo is decoded once. It is the
 * largest copy, but for a long panorama: there that is lower than a square.
 */
export function workingSize(photo: Dimensions, sizes: readonly Size[]): Dimensions {
  const longer = Math.max(photo.width, photo.height);
  const shorter = Math.min(photo.width, photo.height);
  const factors = sizes.map(({ pixels, isSquare }) => pixels / (isSquare ? shorter : longer));
  return scale(photo, Math.max(...factors));
}

function scale({ width, height }: Dimensions, factor: number): Dimensions {
  const shrink = Math.min(1, factor);
  return {
    width: Math.max(1, Math.round(width * shrink)),
    height: Math.max(1, Math.round(height * shrink)),
  };
}
