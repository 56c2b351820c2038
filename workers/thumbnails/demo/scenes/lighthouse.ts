import { drawing, land, sky } from './drawing.ts';

const SIZE = { width: 3_000, height: 4_000 };

const STRIPES = [1_300, 1_900, 2_500, 3_100].map((top) => {
  const halfWidth = 190 + (top - 1_100) * 0.07;
  return `<rect x="${1_500 - halfWidth}" y="${top}" width="${halfWidth * 2}" height="300" fill="#c8324a"/>`;
});

/** A lighthouse by night, upright. */
export function drawLighthouse(): Uint8Array {
  return drawing(SIZE, [
    sky('#0b1338', '#27407c', '#f2a46f'),
    '<polygon points="1500,900 3000,420 3000,1250" fill="#fff2b0" opacity="0.45"/>',
    '<polygon points="1310,1100 1690,1100 1860,3500 1140,3500" fill="#f6efe4"/>',
    ...STRIPES,
    '<rect x="1260" y="1040" width="480" height="70" fill="#20242f"/>',
    '<rect x="1360" y="780" width="280" height="260" fill="#ffe680"/>',
    '<polygon points="1300,780 1700,780 1500,560" fill="#20242f"/>',
    land(SIZE, '#1c2a2b', (place) => 360 + 240 * Math.sin(place * 3.1) + 30 * Math.sin(place * 23)),
  ]);
}
