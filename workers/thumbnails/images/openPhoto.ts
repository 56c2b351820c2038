import type { Parsed } from '@taskfleet/toolbox/contract';
import sharp from 'sharp';
import { PHOTO_FORMATS, type PhotoFormat, recognizeFormat } from './recognizeFormat.ts';
import type { Dimensions } from './sizes.ts';
import { tryDecoding } from './tryDecoding.ts';

/** A file that claims to be a photo of a bearable size. Its pixels have not been looked at. */
export interface Photo extends Dimensions {
  readonly format: PhotoFormat;
  readonly body: Uint8Array;
}

/**
 * What phones (108 megapixels) and medium format cameras (102) make fits. A file of two kilobytes can claim any number, so
 * the limits keep the worst photo of each format at about 1.2 GB of memory; AVIF's decoder takes 18 bytes a pixel.
 */
export const MAXIMUM_PIXELS: Readonly<Record<PhotoFormat, number>> = {
  JPEG: 120_000_000,
  PNG: 120_000_000,
  WebP: 120_000_000,
  AVIF: 60_000_000,
  GIF: 120_000_000,
  TIFF: 120_000_000,
};

/** Reads a file's header, or says in one line what was expected and what came. */
export async function openPhoto(body: Uint8Array): Promise<Parsed<Photo, string>> {
  const format = recognizeFormat(body);
  if (!format.ok) {
    return { ok: false, error: `expected ${PHOTO_FORMATS.join(', ')}, got ${format.error}` };
  }
  const size = await tryDecoding(format.value, () => readSize(body));
  if (!size.ok) return size;
  const problem = sizeProblem(format.value, size.value);
  if (problem !== undefined) return { ok: false, error: problem };
  return { ok: true, value: { body, format: format.value, ...size.value } };
}

/** The limit is off here, because reading a header costs nothing and the message is to name the size. */
async function readSize(body: Uint8Array): Promise<Dimensions> {
  const { autoOrient } = await sharp(body, { limitInputPixels: false }).metadata();
  return { width: autoOrient.width, height: autoOrient.height };
}

function sizeProblem(format: PhotoFormat, { width, height }: Dimensions): string | undefined {
  const maximum = MAXIMUM_PIXELS[format];
  if (width * height <= maximum) return undefined;
  const got = `${width} x ${height} (${megapixels(width * height)})`;
  return `expected ${format} of at most ${megapixels(maximum)}, got ${got}`;
}

function megapixels(pixels: number): string {
  return `${Math.ceil(pixels / 1_000_000)} megapixels`;
}
