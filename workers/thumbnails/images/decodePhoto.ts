import type { Parsed } from '@taskfleet/toolbox/contract';
import sharp, { type OutputInfo } from 'sharp';
import { MAXIMUM_PIXELS, type Photo } from './openPhoto.ts';
import type { Dimensions } from './sizes.ts';
import { tryDecoding } from './tryDecoding.ts';

/** Upright sRGB pixels, 8 bits a channel, nothing of the file's metadata left. */
export interface Pixels extends Dimensions {
  readonly data: Uint8Array;
  /** 3, or 4 with alpha. */
  readonly channels: OutputInfo['channels'];
}

/** Decodes a photo at the size given, or says in one line what is wrong with the file. */
export function decodePhoto(photo: Photo, size: Dimensions): Promise<Parsed<Pixels, string>> {
  return tryDecoding(photo.format, () => decode(photo, size));
}

/**
 * `failOn: 'error'` refuses files that end early, in every format; sharp's default would refuse a file for a mere warning
 * of its decoder, too. Pixels come out in sRGB without being asked for: it is sharp's default.
 */
async function decode({ body, format }: Photo, size: Dimensions): Promise<Pixels> {
  const { data, info } = await sharp(body, {
    failOn: 'error',
    limitInputPixels: MAXIMUM_PIXELS[format],
  })
    .autoOrient()
    .resize({ ...size, fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}
