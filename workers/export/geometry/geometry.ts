/** Longitude and latitude in degrees; a height may follow, and is not used. */
export type Position = readonly number[];

interface Shape<Type extends string, Coordinates> {
  readonly type: Type;
  readonly coordinates: Coordinates;
}

/** One geometry of GeoJSON that is no collection. */
export type SimpleGeometry =
  | Shape<'Point', Position>
  | Shape<'MultiPoint', readonly Position[]>
  | Shape<'LineString', readonly Position[]>
  | Shape<'MultiLineString', readonly (readonly Position[])[]>
  | Shape<'Polygon', readonly (readonly Position[])[]>
  | Shape<'MultiPolygon', readonly (readonly (readonly Position[])[])[]>;

export interface GeometryCollection {
  readonly type: 'GeometryCollection';
  readonly geometries: readonly Geometry[];
}

export type Geometry = SimpleGeometry | GeometryCollection;

/** How deep the positions of each type lie. */
const DEPTHS: Readonly<Record<SimpleGeometry['type'], number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

/** Deeper collections are somebody's mistake, or an attack on the stack. */
const MOST_NESTED = 8;

/** A geometry that can be used: undefined for none, an empty one, and what is no geometry. Pure. */
export function readGeometry(value: unknown, nested = 0): Geometry | undefined {
  if (typeof value !== 'object' || value === null || nested > MOST_NESTED) return undefined;
  const { type, coordinates, geometries } = value as Partial<Record<string, unknown>>;
  if (type === 'GeometryCollection') return readCollection(geometries, nested);
  if (typeof type !== 'string' || !Object.hasOwn(DEPTHS, type)) return undefined;
  const depth = DEPTHS[type as SimpleGeometry['type']];
  return isNestedPositions(coordinates, depth) ? (value as SimpleGeometry) : undefined;
}

function readCollection(geometries: unknown, nested: number): Geometry | undefined {
  if (!Array.isArray(geometries)) return undefined;
  const usable = geometries.flatMap((one) => readGeometry(one, nested + 1) ?? []);
  return usable.length > 0 ? { type: 'GeometryCollection', geometries: usable } : undefined;
}

function isNestedPositions(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth > 0) return value.length > 0 && value.every((one) => isNestedPositions(one, depth - 1));
  return value.length >= 2 && Number.isFinite(value[0]) && Number.isFinite(value[1]);
}

/** The geometries of a collection, however nested; any other by itself. */
export function simpleGeometries(geometry: Geometry): readonly SimpleGeometry[] {
  if (geometry.type !== 'GeometryCollection') return [geometry];
  return geometry.geometries.flatMap((one) => simpleGeometries(one));
}
