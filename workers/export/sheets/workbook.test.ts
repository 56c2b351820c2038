import { expect, test } from 'vitest';
import { openZip } from '../testing/openZip.ts';
import { cellXml, columnName } from './cell.ts';
import type { Table } from './table.ts';
import { workbook } from './workbook.ts';

test.each([
  [0, 'A'],
  [25, 'Z'],
  [26, 'AA'],
  [701, 'ZZ'],
  [702, 'AAA'],
  [16_383, 'XFD'],
])('calls column %i %s', (index, name) => expect(columnName(index)).toBe(name));

test('keeps numbers that are too large for one as text', () => {
  const value: unknown = JSON.parse('1e999');
  expect(cellXml('A1', value)).toBe(
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve">Infinity</t></is></c>',
  );
});

test('goes on in a further sheet where one is full', { timeout: 120_000 }, async () => {
  const count = 1_048_576;
  const table = {
    name: 'parties',
    columns: ['id'],
    count,
    rows: async function* () {
      for (let i = 1; i <= count; i += 1) yield [[0, i]];
    },
  } as unknown as Table;
  const chunks: Uint8Array[] = [];
  for await (const chunk of workbook([table], new AbortController().signal)) chunks.push(chunk);
  const files = await openZip(Buffer.concat(chunks));
  expect(files.get('xl/workbook.xml')?.toString()).toContain('name="parties (2)"');
  const first = files.get('xl/worksheets/sheet1.xml')?.subarray(-100).toString();
  expect(first).toContain('<row r="1048576"><c r="A1048576"><v>1048575</v></c></row></sheetData>');
  const second = files.get('xl/worksheets/sheet2.xml')?.subarray(-100).toString();
  expect(second).toContain('<row r="2"><c r="A2"><v>1048576</v></c></row></sheetData>');
});
