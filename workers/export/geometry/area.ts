import geodesic from 'geographiclib-geodesic';
import { type Geometry, type Position, simpleGeometries } from './geometry.ts';

/** Square metres on the ellipsoid of WGS 84. Undefined for what has no area, and for positions that are not on Earth. */
export function areaOf(geometry: Geometry): number | undefined {
  const polygons = simpleGeometries(geometry).flatMap((one) => {
    if (one.type === 'Polygon') return [one.coordinates];
    return one.type === 'MultiPolygon' ? one.coordinates : [];
  });
  if (polygons.length === 0) return undefined;
  const area = polygons.reduce((sum, rings) => sum + polygonArea(rings), 0);
  return Number.isFinite(area) ? Math.round(area * 100) / 100 : undefined;
}

function polygonArea([outer = [], ...holes]: readonly (readonly Position[])[]): number {
  return holes.reduce((area, hole) => area - ringArea(hole), ringArea(outer));
}

function ringArea(ring: readonly Position[]): number {
  const polygon = geodesic.Geodesic.WGS84.Polygon(false);
  for (const [longitude = 0, latitude = 0] of ring) polygon.AddPoint(latitude, longitude);
  return Math.abs(polygon.Compute(false, true).area ?? NaN);
}
