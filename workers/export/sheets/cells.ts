import { areaOf } from '../geometry/area.ts';
import { wkt } from '../geometry/wkt.ts';
import type { Row } from '../source/pageSchemas.ts';
import type { LocationRow } from '../source/readLocation.ts';
import type { Cells } from './table.ts';

export const LOCATION_COLUMNS = ['id', 'geometry', 'type', 'area'] as const;

/** A row of the sheet of locations. The host's own area is what counts in law; where it has none, it is computed. */
export function locationCells({ id, type, area, geometry, attributes }: LocationRow): Cells {
  return {
    id,
    geometry: geometry && wkt(geometry),
    type,
    area: area ?? (geometry && areaOf(geometry)),
    ...besides(LOCATION_COLUMNS, attributes),
  };
}

/** A row of any other sheet: the host's fields, then its attributes. */
export function rowCells({ attributes, ...fields }: Row): Cells {
  return { ...fields, ...besides(Object.keys(fields), attributes ?? {}) };
}

/** Attributes under their names, but for those that a field has already: `type (attribute)`. */
export function besides(
  taken: readonly string[],
  attributes: Readonly<Record<string, unknown>>,
): Cells {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      taken.includes(name) ? `${name} (attribute)` : name,
      value,
    ]),
  );
}
