import { drawing, scattered } from './drawing.ts';

const SIZE = { width: 3_600, height: 2_400 };
const COLOURS = ['#ef476f', '#ffd166', '#06d6a0', '#118ab2', '#7b5ea7'];

/** Paper birds on nothing: the background is transparent. */
export function drawBirds(): Uint8Array {
  return drawing(
    SIZE,
    Array.from({ length: 22 }, (_, i) => bird(i)),
  );
}

function bird(index: number): string {
  const x = 250 + scattered(index) * 2_900;
  const y = 250 + scattered(index + 50) * 1_800;
  const scale = 0.6 + scattered(index + 90) * 1.6;
  const turn = -35 + scattered(index + 130) * 70;
  const fill = COLOURS[index % COLOURS.length];
  return (
    `<g transform="translate(${x} ${y}) rotate(${turn}) scale(${scale})" fill="${fill}">` +
    '<polygon points="0,0 220,-150 120,40"/>' +
    '<polygon points="0,0 -200,-130 40,60" opacity="0.75"/>' +
    '<polygon points="-60,-20 120,40 10,130" opacity="0.55"/></g>'
  );
}
