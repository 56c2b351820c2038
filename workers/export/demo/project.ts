import type { Location, Resource, Row } from '../source/pageSchemas.ts';

/** A project as the host keeps it: nothing is made before it is asked for. */
export interface HostProject {
  readonly locations: Rows<Location>;
  readonly parties: Rows<Row>;
  readonly relationships: Rows<Row>;
  readonly resources: Rows<Resource>;
  /** Files by what resources name them; a resource may also have a whole address. */
  readonly files: Readonly<Record<string, Uint8Array>>;
}

/** Rows by their place. */
export interface Rows<R> {
  readonly count: number;
  at(index: number): R;
}

export function rowsOf<R>(rows: readonly R[]): Rows<R> {
  return {
    count: rows.length,
    at: (index) => {
      const row = rows[index];
      if (row === undefined)
        throw new RangeError(`expected a row below ${rows.length}, got ${index}`);
      return row;
    },
  };
}
