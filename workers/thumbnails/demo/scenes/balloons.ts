import { drawing, land, scattered, sky } from './drawing.ts';

const SIZE = { width: 4_000, height: 3_000 };
const COLOURS = ['#e63946', '#f4a261', '#2a9d8f', '#e9c46a', '#6a4c93', '#1982c4'];

/** Hot air balloons over hills. */
export function drawBalloons(): Uint8Array {
  const balloons = Array.from({ length: 9 }, (_, i) => balloon(i));
  return drawing(SIZE, [
    sky('#3a8fd0', '#a9d8f0', '#fdf3d8'),
    land(SIZE, '#7fb069', (place) => 560 + 180 * Math.sin(place * 5 + 1)),
    ...balloons,
    land(SIZE, '#4f8a4c', (place) => 330 + 130 * Math.sin(place * 7 + 4)),
  ]);
}

function balloon(index: number): string {
  const x = 300 + ((index * 0.618) % 1) * 3_400;
  const y = 400 + scattered(index + 7) * 1_500;
  const scale = 0.5 + scattered(index + 40) * 0.9;
  const fill = COLOURS[index % COLOURS.length];
  return (
    `<g transform="translate(${x} ${y}) scale(${scale})">` +
    `<path d="M0 330 C-330 60 -260 -300 0 -300 C260 -300 330 60 0 330Z" fill="${fill}"/>` +
    '<path d="M0 330 C-110 60 -90 -300 0 -300 C90 -300 110 60 0 330Z" fill="#ffffff" opacity="0.35"/>' +
    '<rect x="-55" y="380" width="110" height="80" rx="14" fill="#6b4226"/>' +
    '<path d="M-50 385 L-25 300 M50 385 L25 300" stroke="#6b4226" stroke-width="8"/></g>'
  );
}
