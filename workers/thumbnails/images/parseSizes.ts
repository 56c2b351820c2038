import type { Parsed } from '@taskfleet/toolbox/contract';
import type { Size } from './sizes.ts';

/** What every photo is made in that nobody has said otherwise for: a full screen, a page's column, a tile of a gallery, a mark. */
export const USUAL_SIZES = 'large:2048,medium:1024,small:320,square:160x160';

/** A working copy of this size has 64 MB of pixels; two of these sizes would be the photo itself. */
const LONGEST_SIDE = 4_096;
const LARGEST_SQUARE = 1_024;
const MOST_SIZES = 10;

export const SIZES_FORM =
  `up to ${MOST_SIZES} of name:pixels, for the longer side (to ${LONGEST_SIDE}), or name:pixelsxpixels, for a square ` +
  `cut out (to ${LARGEST_SQUARE}x${LARGEST_SQUARE}), with commas between them`;

const ENTRY = /^(?<name>[a-z][a-z0-9-]{0,31}):(?<width>[1-9]\d{0,4})(x(?<height>[1-9]\d{0,4}))?$/;

/** Sizes as a setting has them, or what is wrong with them in one line. */
export function parseSizes(text: string): Parsed<readonly Size[], string> {
  const entries = text.split(',').map((entry) => entry.trim());
  const sizes = entries.map(parseSize);
  const wrong = sizes.findIndex((size) => size === undefined);
  if (wrong !== -1)
    return { ok: false, error: `expected ${SIZES_FORM}; number ${wrong + 1} is not` };
  const known = sizes.filter((size) => size !== undefined);
  if (known.length > MOST_SIZES) {
    return { ok: false, error: `expected at most ${MOST_SIZES} sizes, got ${known.length}` };
  }
  const names = known.map(({ name }) => name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    return { ok: false, error: `expected each name once, got "${twice}" twice` };
  return { ok: true, value: known };
}

function parseSize(entry: string): Size | undefined {
  const { name, width, height } = ENTRY.exec(entry)?.groups ?? {};
  if (name === undefined) return undefined;
  const pixels = Number(width);
  const isSquare = height !== undefined;
  if (isSquare && height !== width) return undefined;
  return pixels <= (isSquare ? LARGEST_SQUARE : LONGEST_SIDE)
    ? { name, pixels, isSquare }
    : undefined;
}
