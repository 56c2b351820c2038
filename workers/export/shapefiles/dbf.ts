import { dbfText, type Field, type FieldKind } from './fields.ts';

/** The letters of dBASE III for each kind. */
const TYPES: Readonly<Record<FieldKind, string>> = {
  text: 'C',
  integer: 'N',
  real: 'N',
  boolean: 'L',
  date: 'D',
};
/** Decimals that a reader is told of; the text of a number has as many as it needs. */
const REAL_DECIMALS = 15;

/** Bytes of one record: a mark for deleted ones, and the fields. */
export function recordWidth(fields: readonly Field[]): number {
  return fields.reduce((sum, { width }) => sum + width, 1);
}

export function dbfHeaderBytes(fields: readonly Field[]): number {
  return 32 + fields.length * 32 + 1;
}

export function dbfHeader(fields: readonly Field[], records: number): Buffer {
  const bytes = Buffer.alloc(dbfHeaderBytes(fields));
  bytes[0] = 0x03;
  // A date is demanded and used by nobody: the same content is to be the same file.
  bytes.set([100, 1, 1], 1);
  bytes.writeUInt32LE(records, 4);
  bytes.writeUInt16LE(bytes.length, 8);
  bytes.writeUInt16LE(recordWidth(fields), 10);
  for (const [i, { name, kind, width }] of fields.entries()) {
    const at = 32 + i * 32;
    bytes.write(name, at, 'latin1');
    bytes.write(TYPES[kind], at + 11, 'latin1');
    bytes[at + 16] = width;
    bytes[at + 17] = kind === 'real' ? REAL_DECIMALS : 0;
  }
  bytes[bytes.length - 1] = 0x0d;
  return bytes;
}

/** The end of a .dbf file. */
export const DBF_END = Buffer.from([0x1a]);

/** A record; `values` by the field's place. */
export function dbfRecord(fields: readonly Field[], values: ReadonlyMap<number, unknown>): Buffer {
  const bytes = Buffer.alloc(recordWidth(fields), ' ');
  let at = 1;
  for (const [i, field] of fields.entries()) {
    const value = values.get(i);
    if (value !== undefined) writeValue(bytes, at, field, value);
    at += field.width;
  }
  return bytes;
}

function writeValue(bytes: Buffer, at: number, { kind, width }: Field, value: unknown): void {
  const text = textIn(kind, value);
  // Buffer.write() writes no half of a character.
  if (kind === 'integer' || kind === 'real') bytes.write(text.padStart(width), at, width, 'latin1');
  else bytes.write(text, at, width, 'utf8');
}

function textIn(kind: FieldKind, value: unknown): string {
  if (kind === 'boolean') return value === true ? 'T' : 'F';
  return kind === 'date' ? String(value).replaceAll('-', '') : dbfText(value);
}
