import type { Scratch } from '../spool/scratch.ts';
import type { Spool } from '../spool/spool.ts';
import { isTooLong, MOST_COLUMNS } from './cell.ts';

/** A row by its columns. */
export type Cells = Readonly<Record<string, unknown>>;

/** Rows of a sheet, whose columns are those found on any row, in the order in which they were found. */
export class Table {
  readonly name: string;
  readonly #spool: Spool;
  readonly #columns: Map<string, number>;
  #cut = 0;

  /** `columns` come first, also when no row has them. */
  constructor(name: string, columns: readonly string[], scratch: Scratch) {
    this.name = name;
    this.#spool = scratch.spool();
    this.#columns = new Map(columns.map((column, i) => [column, i]));
  }

  async add(cells: Cells): Promise<void> {
    // By number, so that a column's name is not on disk with each of its values.
    const row: [number, unknown][] = [];
    for (const [column, value] of Object.entries(cells)) {
      if (value === undefined || value === null) continue;
      row.push([this.#indexOf(column), value]);
      if (isTooLong(value)) this.#cut += 1;
    }
    await this.#spool.add(row);
  }

  get count(): number {
    return this.#spool.count;
  }

  get columns(): readonly string[] {
    return [...this.#columns.keys()].slice(0, MOST_COLUMNS);
  }

  /** The rows with their columns' numbers. */
  rows(): AsyncGenerator<readonly (readonly [number, unknown])[]> {
    return this.#spool.read();
  }

  /** What does not fit a sheet, for people. */
  notes(): string[] {
    const left = this.#columns.size - MOST_COLUMNS;
    return [
      ...(left > 0
        ? [
            `${this.name}: ${left} columns are left out, because a sheet has ${MOST_COLUMNS} at most`,
          ]
        : []),
      ...(this.#cut > 0
        ? [
            `${this.name}: ${this.#cut} values are cut, because a cell has 32,767 characters at most`,
          ]
        : []),
    ];
  }

  #indexOf(column: string): number {
    const known = this.#columns.get(column);
    if (known !== undefined) return known;
    const index = this.#columns.size;
    this.#columns.set(column, index);
    return index;
  }
}
