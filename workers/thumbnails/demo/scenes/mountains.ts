import { drawing, land, sky } from './drawing.ts';

const SIZE = { width: 6_000, height: 1_800 };

const RANGES = [
  { fill: '#8b7fa8', base: 820, rugged: 330, seed: 1 },
  { fill: '#64608f', base: 600, rugged: 280, seed: 3 },
  { fill: '#413f6b', base: 390, rugged: 200, seed: 5 },
  { fill: '#232544', base: 190, rugged: 110, seed: 8 },
] as const;

/** A panorama of four ranges at dawn. */
export function drawMountains(): Uint8Array {
  const ranges = RANGES.map(({ fill, base, rugged, seed }) =>
    land(SIZE, fill, (place) => base + rugged * ridge(place, seed)),
  );
  const sun = '<circle cx="4300" cy="430" r="190" fill="#fff3d6"/>';
  return drawing(SIZE, [sky('#3f4d8c', '#d58fa4', '#ffd9a0'), sun, ...ranges]);
}

/** From about -1 to 1: sharp peaks, from folded waves. */
function ridge(place: number, seed: number): number {
  const waves = [3, 7, 17, 41].map(
    (frequency, i) => (0.9 - Math.abs(Math.sin(place * frequency + seed * (i + 1)))) / (i + 1),
  );
  return waves.reduce((sum, wave) => sum + wave, 0);
}
