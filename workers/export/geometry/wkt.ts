import type { Geometry, Position } from './geometry.ts';

/** A geometry as well-known text, without heights: `POLYGON ((30 10, 40 40, 20 40, 30 10))`. */
export function wkt(geometry: Geometry): string {
  const name = geometry.type.toUpperCase();
  if (geometry.type === 'GeometryCollection') {
    return `${name} (${geometry.geometries.map(wkt).join(', ')})`;
  }
  if (geometry.type === 'Point') return `${name} (${position(geometry.coordinates)})`;
  if (geometry.type === 'MultiPoint') {
    return `${name} (${geometry.coordinates.map((one) => `(${position(one)})`).join(', ')})`;
  }
  return `${name} ${nested(geometry.coordinates)}`;
}

type Nested = readonly (Position | Nested)[];

function nested(coordinates: Nested): string {
  const parts = coordinates.map((one) =>
    typeof one[0] === 'number' ? position(one as Position) : nested(one as Nested),
  );
  return `(${parts.join(', ')})`;
}

function position([x, y]: Position): string {
  return `${x} ${y}`;
}
