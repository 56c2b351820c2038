import { NonRetryableError } from '@taskfleet/toolbox/contract';
import type { Scratch } from '../spool/scratch.ts';
import type { Spool } from '../spool/spool.ts';
import { DBF_END, dbfHeader, dbfHeaderBytes, dbfRecord, recordWidth } from './dbf.ts';
import { ColumnSeen, type Field, fieldsOf } from './fields.ts';
import { PROJECTION } from './projection.ts';
import type { SetName, Shape } from './shape.ts';
import { HEADER_BYTES, header, noExtent, recordBytes, shpRecord, shxRecord, widen } from './shp.ts';

/** A shape's parts and its values by the column's number, as they wait on disk. */
type Waiting = readonly [parts: Shape['parts'], values: readonly (readonly [number, unknown])[]];

/** Many readers count bytes in 32 bits with a sign. */
const MOST_BYTES = 2 ** 31 - 1;

/** The shapes of one type. They wait on disk until extents, widths and sizes are known, which the files begin with. */
export class ShapefileSet {
  readonly name: SetName;
  readonly #spool: Spool;
  readonly #columns = new Map<string, ColumnSeen>();
  readonly #numbers = new Map<string, number>();
  readonly #extent = noExtent();
  #shpBytes = HEADER_BYTES;

  constructor(name: SetName, scratch: Scratch) {
    this.name = name;
    this.#spool = scratch.spool();
  }

  async add(shape: Shape, values: Readonly<Record<string, unknown>>): Promise<void> {
    widen(this.#extent, shape);
    this.#shpBytes += recordBytes(shape);
    const present = Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== null,
    );
    const waiting: Waiting = [
      shape.parts,
      present.map(([column, value]) => [this.#see(column, value), value]),
    ];
    await this.#spool.add(waiting);
  }

  get count(): number {
    return this.#spool.count;
  }

  get columns(): ReadonlyMap<string, ColumnSeen> {
    return this.#columns;
  }

  /** The files of the set by their extensions. Throws NonRetryableError when they would be larger than readers take. */
  files(
    fields: readonly Field[] = fieldsOf(this.#columns),
  ): Readonly<Record<string, () => AsyncIterable<Uint8Array>>> {
    const dbfBytes = dbfHeaderBytes(fields) + this.count * recordWidth(fields);
    if (Math.max(this.#shpBytes, dbfBytes) > MOST_BYTES) {
      throw new NonRetryableError(
        `${this.name}: a shapefile holds 2 GiB at most; the format xls takes as many rows as there are`,
      );
    }
    return {
      shp: () => chunked(this.#shp()),
      shx: () => chunked(this.#shx()),
      dbf: () => chunked(this.#dbf(fields)),
      prj: () => once(PROJECTION),
      cpg: () => once('UTF-8'),
    };
  }

  #see(column: string, value: unknown): number {
    const seen = this.#columns.get(column) ?? new ColumnSeen();
    seen.see(value);
    this.#columns.set(column, seen);
    const number = this.#numbers.get(column) ?? this.#numbers.size;
    this.#numbers.set(column, number);
    return number;
  }

  async *#shp(): AsyncGenerator<Buffer> {
    yield header(this.name, this.#extent, this.#shpBytes);
    let number = 0;
    for await (const [parts] of this.#spool.read<Waiting>()) {
      number += 1;
      yield shpRecord({ set: this.name, parts }, number);
    }
  }

  async *#shx(): AsyncGenerator<Buffer> {
    yield header(this.name, this.#extent, HEADER_BYTES + this.count * 8);
    let offset = HEADER_BYTES;
    for await (const [parts] of this.#spool.read<Waiting>()) {
      const shape = { set: this.name, parts };
      yield shxRecord(shape, offset);
      offset += recordBytes(shape);
    }
  }

  async *#dbf(fields: readonly Field[]): AsyncGenerator<Buffer> {
    yield dbfHeader(fields, this.count);
    for await (const [, values] of this.#spool.read<Waiting>()) {
      yield dbfRecord(fields, new Map(values));
    }
    yield DBF_END;
  }
}

const CHUNK_BYTES = 64 * 1_024;

/** Small buffers, handed on together. */
async function* chunked(buffers: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array> {
  let waiting: Buffer[] = [];
  let bytes = 0;
  for await (const buffer of buffers) {
    waiting.push(buffer);
    bytes += buffer.length;
    if (bytes < CHUNK_BYTES) continue;
    yield Buffer.concat(waiting);
    waiting = [];
    bytes = 0;
  }
  yield Buffer.concat(waiting);
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
