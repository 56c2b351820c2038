import { textOf } from '../source/textOf.ts';

/** What a dBASE field can hold: text, whole numbers, other numbers, yes or no, days. */
export type FieldKind = 'text' | 'integer' | 'real' | 'boolean' | 'date';

/** A column of a .dbf file. */
export interface Field {
  /** As the host calls it. */
  readonly column: string;
  /** At most ten characters of ASCII, unlike those of all other fields. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Bytes. */
  readonly width: number;
}

/** A .dbf file has no more fields, and no longer texts. */
export const MOST_FIELDS = 255;
export const LONGEST_TEXT_BYTES = 254;
const LONGEST_NAME = 10;

/** Longest number as JavaScript writes it, such as -1.2345678901234567e-300. */
const REAL_BYTES = 24;
/** More digits are no whole number that a program could keep. */
const LONGEST_INTEGER_BYTES = 17;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** What the values of one column have in common, while they come. */
export class ColumnSeen {
  readonly #kinds = new Set<FieldKind>();
  #longest = 1;
  #cut = 0;

  see(value: unknown): void {
    this.#kinds.add(kindOf(value));
    const bytes = Buffer.byteLength(dbfText(value));
    this.#longest = Math.max(this.#longest, bytes);
    if (bytes > LONGEST_TEXT_BYTES) this.#cut += 1;
  }

  /** Values that a field has to cut. */
  get cut(): number {
    return this.#cut;
  }

  get kind(): FieldKind {
    const [first = 'text', ...others] = this.#kinds;
    if (others.length === 0) return first;
    const isNumbers = [...this.#kinds].every((kind) => kind === 'integer' || kind === 'real');
    return isNumbers ? 'real' : 'text';
  }

  get width(): number {
    switch (this.kind) {
      case 'boolean':
        return 1;
      case 'date':
        return 8;
      case 'real':
        return REAL_BYTES;
      default:
        return Math.min(this.#longest, LONGEST_TEXT_BYTES);
    }
  }
}

function kindOf(value: unknown): FieldKind {
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' && Number.isFinite(value)) return numberKind(value);
  return typeof value === 'string' && ISO_DATE.test(value) ? 'date' : 'text';
}

function numberKind(value: number): FieldKind {
  return Number.isInteger(value) && String(value).length <= LONGEST_INTEGER_BYTES
    ? 'integer'
    : 'real';
}

/** A value as text; NUL ends a text for many readers. */
export function dbfText(value: unknown): string {
  return textOf(value).toWellFormed().replaceAll('\0', ' ');
}

/** Fields of the first columns, as many as a file has. Pure. */
export function fieldsOf(columns: ReadonlyMap<string, ColumnSeen>): Field[] {
  const taken = new Set<string>();
  return [...columns].slice(0, MOST_FIELDS).map(([column, seen]) => {
    const name = freeName(column, taken);
    taken.add(name.toLowerCase());
    return { column, name, kind: seen.kind, width: seen.width };
  });
}

/** `Größe des Hauses` becomes `Grosse_des`, then `Grosse_d_2`. */
function freeName(column: string, taken: ReadonlySet<string>): string {
  const plain = column
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9_]+/g, '_')
    .replace(/^(?=\d|_*$)/, 'f');
  for (let i = 1; ; i += 1) {
    const suffix = i === 1 ? '' : `_${i}`;
    const name = plain.slice(0, LONGEST_NAME - suffix.length) + suffix;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
