import { simpleGeometries } from '../geometry/geometry.ts';
import { besides } from '../sheets/cells.ts';
import { shapefileReadme } from '../shapefiles/readme.ts';
import { type SetName, SETS, shapeOf } from '../shapefiles/shape.ts';
import { ShapefileSet } from '../shapefiles/shapefileSet.ts';
import { readList } from '../source/readList.ts';
import { type LocationRow, readLocation } from '../source/readLocation.ts';
import type { Scratch } from '../spool/scratch.ts';
import { amount, type MakePart, type PartTools } from './part.ts';

/** A set for each type of geometry that the locations have, and README.txt. */
export const makeShapefiles: MakePart = async (tools) => {
  const sorting = new Sorting(tools.scratch);
  const rows = await readList(
    tools.source,
    'locations',
    async (feature) => sorting.add(readLocation(feature)),
    (read, count) =>
      tools.progress((0.7 * read) / Math.max(1, count), `locations: ${amount(read, count)}`),
  );
  const notes = sorting.notes();
  for (const [i, set] of sorting.sets.entries()) {
    tools.progress(0.7 + (0.3 * i) / sorting.sets.length, `writing ${set.name}`);
    await writeSet(set, tools);
  }
  const readme = shapefileReadme({ project: tools.project, sets: sorting.sets, notes });
  await tools.folder.write('README.txt', Buffer.from(readme), 'text/plain; charset=utf-8');
  return { rows, notes };
};

async function writeSet(set: ShapefileSet, { folder, signal }: PartTools): Promise<void> {
  for (const [extension, bytes] of Object.entries(set.files())) {
    signal.throwIfAborted();
    await folder.write(`${set.name}.${extension}`, bytes(), 'application/octet-stream');
  }
}

const OWN_FIELDS = ['id', 'type', 'area'];

/** Locations by the set that can hold them. */
class Sorting {
  readonly #scratch: Scratch;
  readonly #sets = new Map<SetName, ShapefileSet>();
  #without = 0;
  #taken = 0;

  constructor(scratch: Scratch) {
    this.#scratch = scratch;
  }

  async add({ id, type, area, geometry, attributes }: LocationRow): Promise<void> {
    const simple = geometry ? simpleGeometries(geometry) : [];
    const shapes = simple.flatMap((one) => shapeOf(one) ?? []);
    if (shapes.length === 0) this.#without += 1;
    if (geometry?.type === 'GeometryCollection') this.#taken += 1;
    const values = { id, type, area, ...besides(OWN_FIELDS, attributes) };
    for (const shape of shapes) await this.#setOf(shape.set).add(shape, values);
  }

  get sets(): readonly ShapefileSet[] {
    const names = Object.keys(SETS) as SetName[];
    return names.flatMap((name) => this.#sets.get(name) ?? []);
  }

  notes(): string[] {
    const cut = this.sets.flatMap(({ columns }) => [...columns.values()]);
    const values = cut.reduce((sum, column) => sum + column.cut, 0);
    return [
      ...told(this.#without, 'locations have no geometry, or one that cannot be used'),
      ...told(this.#taken, 'collections of geometries are taken apart: a record for each'),
      ...told(values, 'texts are cut, because a field has 254 bytes at most'),
    ];
  }

  #setOf(name: SetName): ShapefileSet {
    const set = this.#sets.get(name) ?? new ShapefileSet(name, this.#scratch);
    this.#sets.set(name, set);
    return set;
  }
}

function told(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}
