import { type Geometry, readGeometry } from '../geometry/geometry.ts';
import type { Location } from './pageSchemas.ts';

/** A location, whatever the shape in which the host keeps it. */
export interface LocationRow {
  readonly id: unknown;
  readonly type: unknown;
  /** Square metres, as the host has it. */
  readonly area: unknown;
  /** Undefined where there is none, or none that can be used. */
  readonly geometry: Geometry | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A feature's own fields, and all else of its properties as attributes. Pure. */
export function readLocation({ id, geometry, properties }: Location): LocationRow {
  const { id: ownId, type, area, attributes, ...others } = properties ?? {};
  return {
    id: ownId ?? id,
    type,
    area,
    geometry: readGeometry(geometry),
    attributes: { ...others, ...asObject(attributes) },
  };
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
