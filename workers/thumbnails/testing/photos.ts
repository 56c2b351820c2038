import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Color, type Sharp } from 'sharp';
import type { Dimensions } from '../images/sizes.ts';

/** A photo of one colour. */
export function plainPhoto({ width, height }: Dimensions, background: Color): Sharp {
  const channels = typeof background === 'string' ? 3 : 4;
  return sharp({ create: { width, height, channels, background } });
}

/** Grain, which no encoder makes small: what a file has to hold so that cutting it cuts pixels. */
export function grainyPhoto({ width, height }: Dimensions): Sharp {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } });
}

/** A blue photo, 80 × 40 as seen, with a red quarter at the top left. */
export function markedPhoto(): Sharp {
  const mark = { create: { width: 40, height: 20, channels: 3, background: '#f00' } } as const;
  return plainPhoto({ width: 80, height: 40 }, '#00f').composite([
    { input: mark, left: 0, top: 0 },
  ]);
}

/** A PNG of some hundred bytes that claims to have so many pixels. */
export function claimingPng({ width, height }: Dimensions): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(1_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A tiny AVIF whose size property has been forged. */
export async function claimingAvif({ width, height }: Dimensions): Promise<Uint8Array> {
  const file = await plainPhoto({ width: 16, height: 16 }, '#468').avif().toBuffer();
  const size = file.indexOf('ispe') + 8;
  file.writeUInt32BE(width, size);
  file.writeUInt32BE(height, size + 4);
  return file;
}

function chunk(type: string, data: Buffer): Buffer {
  const framed = Buffer.concat([Buffer.alloc(4), Buffer.from(type), data, Buffer.alloc(4)]);
  framed.writeUInt32BE(data.length, 0);
  framed.writeUInt32BE(crc32(framed.subarray(4, -4)), framed.length - 4);
  return framed;
}

/** A file that begins like a video or photo of the ISO family with these brands, the main one first. */
export function brandedFile(...brands: readonly string[]): Uint8Array {
  const [main = '', ...others] = brands;
  const box = Buffer.from(`\0\0\0\0ftyp${main}\0\0\0\0${others.join('')}`, 'latin1');
  box.writeUInt32BE(box.length, 0);
  return Buffer.concat([box, Buffer.from('\0\0\0\x08mdat', 'latin1')]);
}
