import type { Dimensions } from '../../images/sizes.ts';

/** An SVG of the size given, in which one unit is one pixel. */
export function drawing({ width, height }: Dimensions, shapes: readonly string[]): Uint8Array {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  return Buffer.from([svg, ...shapes, '</svg>'].join(''));
}

/** A background whose colours run from the top to the bottom. */
export function sky(...colours: readonly string[]): string {
  const stops = colours.map(
    (colour, i) => `<stop offset="${i / (colours.length - 1)}" stop-color="${colour}"/>`,
  );
  return (
    `<defs><linearGradient id="sky" x2="0" y2="1">${stops.join('')}</linearGradient></defs>` +
    '<rect width="100%" height="100%" fill="url(#sky)"/>'
  );
}

/** A land below a skyline; `skyline` gives its height above the bottom, in pixels, at each place from 0 to 1. */
export function land(
  { width, height }: Dimensions,
  fill: string,
  skyline: (place: number) => number,
): string {
  const points = Array.from({ length: 241 }, (_, i) => {
    const place = i / 240;
    return `${Math.round(place * width)},${Math.round(height - skyline(place))}`;
  });
  return `<polygon fill="${fill}" points="0,${height} ${points.join(' ')} ${width},${height}"/>`;
}

/** Numbers from 0 up to 1 that look random and are the same in every run. */
export function scattered(index: number): number {
  const wave = Math.sin(index * 127.1 + 11.7) * 43_758.545;
  return wave - Math.floor(wave);
}
