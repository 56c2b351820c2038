import type { Position, SimpleGeometry } from '../geometry/geometry.ts';

/** A shapefile set holds shapes of one type; the number is the one of ESRI's description. */
export const SETS = { points: 1, lines: 3, polygons: 5, multipoints: 8 } as const;
export type SetName = keyof typeof SETS;

/** What a record of a shapefile holds: parts, each as x, y, x, y, …; a point has one of one position. */
export interface Shape {
  readonly set: SetName;
  readonly parts: readonly (readonly number[])[];
}

/** A geometry as the shape that can hold it. Undefined when nothing of it is left: a line of one point, a ring of two. Pure. */
export function shapeOf(geometry: SimpleGeometry): Shape | undefined {
  const shape = rawShape(geometry);
  return shape.parts.length > 0 ? shape : undefined;
}

function rawShape(geometry: SimpleGeometry): Shape {
  switch (geometry.type) {
    case 'Point':
      return { set: 'points', parts: [flat([geometry.coordinates])] };
    case 'MultiPoint':
      return { set: 'multipoints', parts: [flat(geometry.coordinates)] };
    case 'LineString':
      return { set: 'lines', parts: lines([geometry.coordinates]) };
    case 'MultiLineString':
      return { set: 'lines', parts: lines(geometry.coordinates) };
    case 'Polygon':
      return { set: 'polygons', parts: rings(geometry.coordinates) };
    case 'MultiPolygon':
      return { set: 'polygons', parts: geometry.coordinates.flatMap((one) => rings(one)) };
  }
}

function lines(all: readonly (readonly Position[])[]): number[][] {
  return all.filter((line) => line.length >= 2).map(flat);
}

/** Closed, the outer ring clockwise and holes the other way round: what readers tell them apart by. */
function rings([outer = [], ...holes]: readonly (readonly Position[])[]): number[][] {
  const border = closed(outer);
  if (border.length < 4) return [];
  const inner = holes.map(closed).filter((hole) => hole.length >= 4);
  return [flat(turned(border, 'clockwise')), ...inner.map((hole) => flat(turned(hole, 'counter')))];
}

function closed(ring: readonly Position[]): readonly Position[] {
  const [first] = ring;
  const last = ring.at(-1);
  if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return ring;
  return [...ring, first];
}

function turned(ring: readonly Position[], way: 'clockwise' | 'counter'): readonly Position[] {
  const isClockwise = signedArea(ring) < 0;
  return isClockwise === (way === 'clockwise') ? ring : ring.toReversed();
}

/** Twice the area in the plane of the degrees; negative for a clockwise ring. */
function signedArea(ring: readonly Position[]): number {
  return ring.reduce((sum, [x = 0, y = 0], i) => {
    const [nextX = 0, nextY = 0] = ring[(i + 1) % ring.length] ?? [];
    return sum + x * nextY - nextX * y;
  }, 0);
}

function flat(positions: readonly Position[]): number[] {
  return positions.flatMap(([x = 0, y = 0]) => [x, y]);
}
