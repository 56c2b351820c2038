import { type SetName, SETS, type Shape } from './shape.ts';

/** Least and greatest x and y. */
export interface Extent {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
}

export function noExtent(): Extent {
  return { minX: Infinity, minY: Infinity, maxX: -Infinity, maxY: -Infinity };
}

export function widen(extent: Extent, { parts }: Shape): void {
  for (const part of parts) {
    for (let i = 0; i < part.length; i += 2) {
      const [x = 0, y = 0] = [part[i], part[i + 1]];
      extent.minX = Math.min(extent.minX, x);
      extent.minY = Math.min(extent.minY, y);
      extent.maxX = Math.max(extent.maxX, x);
      extent.maxY = Math.max(extent.maxY, y);
    }
  }
}

/** Sizes in bytes, from ESRI's "Shapefile Technical Description" (July 1998). */
export const HEADER_BYTES = 100;
const RECORD_HEADER_BYTES = 8;

function contentBytes({ set, parts }: Shape): number {
  const numbers = parts.reduce((sum, part) => sum + part.length, 0);
  if (set === 'points') return 20;
  if (set === 'multipoints') return 40 + numbers * 8;
  return 44 + parts.length * 4 + numbers * 8;
}

export function recordBytes(shape: Shape): number {
  return RECORD_HEADER_BYTES + contentBytes(shape);
}

/** The header of a .shp or .shx file of so many bytes. */
export function header(set: SetName, extent: Extent, fileBytes: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeInt32BE(9994, 0);
  bytes.writeInt32BE(fileBytes / 2, 24);
  bytes.writeInt32LE(1000, 28);
  bytes.writeInt32LE(SETS[set], 32);
  writeExtent(bytes, 36, extent);
  return bytes;
}

function writeExtent(bytes: Buffer, at: number, { minX, minY, maxX, maxY }: Extent): void {
  for (const [i, value] of [minX, minY, maxX, maxY].entries())
    bytes.writeDoubleLE(value, at + i * 8);
}

/** The record of a shape; `number` counts from 1. */
export function shpRecord(shape: Shape, number: number): Buffer {
  const content = contentBytes(shape);
  const bytes = Buffer.alloc(RECORD_HEADER_BYTES + content);
  bytes.writeInt32BE(number, 0);
  bytes.writeInt32BE(content / 2, 4);
  bytes.writeInt32LE(SETS[shape.set], 8);
  writeNumbers(bytes, writeCounts(bytes, shape), shape);
  return bytes;
}

/** The entry of a shape whose record begins at that byte. */
export function shxRecord(shape: Shape, offset: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeInt32BE(offset / 2, 0);
  bytes.writeInt32BE(contentBytes(shape) / 2, 4);
  return bytes;
}

/** What stands before the positions. Returns where they begin. */
function writeCounts(bytes: Buffer, shape: Shape): number {
  const { set, parts } = shape;
  if (set === 'points') return 12;
  const extent = noExtent();
  widen(extent, shape);
  writeExtent(bytes, 12, extent);
  const points = parts.reduce((sum, part) => sum + part.length / 2, 0);
  if (set === 'multipoints') {
    bytes.writeInt32LE(points, 44);
    return 48;
  }
  bytes.writeInt32LE(parts.length, 44);
  bytes.writeInt32LE(points, 48);
  let first = 0;
  for (const [i, part] of parts.entries()) {
    bytes.writeInt32LE(first, 52 + i * 4);
    first += part.length / 2;
  }
  return 52 + parts.length * 4;
}

function writeNumbers(bytes: Buffer, from: number, { parts }: Shape): void {
  let at = from;
  for (const part of parts) {
    for (const value of part) at = bytes.writeDoubleLE(value, at);
  }
}
