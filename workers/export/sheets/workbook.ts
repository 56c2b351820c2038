import { type ZipEntry, zip } from '../bundle/zip.ts';
import {
  cellXml,
  columnName,
  escapeXml,
  MOST_COLUMNS,
  MOST_ROWS,
  STYLES,
  textXml,
} from './cell.ts';
import type { Table } from './table.ts';

export const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A sheet of the workbook: a table, or the share of it that one sheet takes. */
interface Sheet {
  readonly name: string;
  readonly table: Table;
  /** Rows of the table before it. */
  readonly from: number;
}

const ROWS_A_SHEET = MOST_ROWS - 1;

/** The bytes of an .xlsx file with a sheet for each table; one with too many rows goes on in further sheets, such as `parties (2)`. */
export function workbook(
  tables: readonly Table[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  return zip(entries(tables.flatMap(sheetsOf), signal));
}

function sheetsOf(table: Table): Sheet[] {
  const count = Math.max(1, Math.ceil(table.count / ROWS_A_SHEET));
  return Array.from({ length: count }, (_, i) => ({
    name: i === 0 ? table.name : `${table.name} (${i + 1})`,
    table,
    from: i * ROWS_A_SHEET,
  }));
}

async function* entries(sheets: readonly Sheet[], signal: AbortSignal): AsyncGenerator<ZipEntry> {
  yield { name: '[Content_Types].xml', body: once(contentTypes(sheets)) };
  yield { name: '_rels/.rels', body: once(relationships([['officeDocument', 'xl/workbook.xml']])) };
  yield { name: 'xl/workbook.xml', body: once(workbookXml(sheets)) };
  const parts = sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const);
  yield {
    name: 'xl/_rels/workbook.xml.rels',
    body: once(relationships([...parts, ['styles', 'styles.xml']])),
  };
  yield { name: 'xl/styles.xml', body: once(STYLES_XML) };
  for (const [i, sheet] of sheets.entries()) {
    yield { name: `xl/worksheets/sheet${i + 1}.xml`, body: sheetXml(sheet, signal) };
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** Characters that are handed on together. */
const CHUNK_CHARACTERS = 64 * 1_024;

async function* sheetXml({ table, from }: Sheet, signal: AbortSignal): AsyncGenerator<string> {
  const { columns } = table;
  const letters = columns.map((_, i) => columnName(i));
  yield (
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
      '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
  );
  yield rowXml(
    1,
    columns.map((column, i) => textXml(`${letters[i]}1`, column, STYLES.head)),
  );
  let index = 0;
  let chunk = '';
  for await (const cells of table.rows()) {
    index += 1;
    if (index <= from) continue;
    if (index > from + ROWS_A_SHEET) break;
    const number = index - from + 1;
    const inSheet = cells.filter(([column]) => column < MOST_COLUMNS).toSorted(byColumn);
    chunk += rowXml(
      number,
      inSheet.map(([column, value]) => cellXml(`${letters[column]}${number}`, value)),
    );
    if (chunk.length < CHUNK_CHARACTERS) continue;
    signal.throwIfAborted();
    yield chunk;
    chunk = '';
  }
  yield `${chunk}</sheetData></worksheet>`;
}

function byColumn([a]: readonly [number, unknown], [b]: readonly [number, unknown]): number {
  return a - b;
}

function rowXml(number: number, cells: readonly string[]): string {
  return `<row r="${number}">${cells.join('')}</row>`;
}

function contentTypes(sheets: readonly Sheet[]): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = [
    `<Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>`,
    `<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/>`,
    ...sheets.map(
      (_, i) =>
        `<Override PartName="/xl/worksheets/sheet${i + 1}.xml" ContentType="${type}.worksheet+xml"/>`,
    ),
  ];
  return (
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}

function relationships(targets: readonly (readonly [type: string, target: string])[]): string {
  const all = targets.map(
    ([type, target], i) =>
      `<Relationship Id="rId${i + 1}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${all.join('')}</Relationships>`;
}

function workbookXml(sheets: readonly Sheet[]): string {
  const all = sheets.map(
    ({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  return `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${all.join('')}</sheets></workbook>`;
}

/** In the order of STYLES: nothing, a date, text that stays text when it is edited, a bold head. */
const STYLES_XML =
  `${DECLARATION}<styleSheet xmlns="${MAIN}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">' +
  '<xf xfId="0"/><xf numFmtId="164" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" xfId="0" applyNumberFormat="1" quotePrefix="1"/>' +
  '<xf fontId="1" xfId="0" applyFont="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';
