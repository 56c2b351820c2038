import { LOCATION_COLUMNS, locationCells, rowCells } from '../sheets/cells.ts';
import { Table } from '../sheets/table.ts';
import { workbook, WORKBOOK_TYPE } from '../sheets/workbook.ts';
import { readList } from '../source/readList.ts';
import { readLocation } from '../source/readLocation.ts';
import { amount, type MakePart, type PartTools } from './part.ts';

/** One workbook: locations, parties, relationships. Rows wait on disk, because columns are those found on any of them. */
export const makeWorkbook: MakePart = async (tools) => {
  const { source, scratch, project } = tools;
  const locations = new Table('locations', LOCATION_COLUMNS, scratch);
  const parties = new Table('parties', ['id'], scratch);
  const relationships = new Table('relationships', ['id'], scratch);
  await readList(
    source,
    'locations',
    async (feature) => locations.add(locationCells(readLocation(feature))),
    telling(tools, locations, 0),
  );
  await readList(
    source,
    'parties',
    async (row) => parties.add(rowCells(row)),
    telling(tools, parties, 1),
  );
  await readList(
    source,
    'relationships',
    async (row) => relationships.add(rowCells(row)),
    telling(tools, relationships, 2),
  );
  const tables = [locations, parties, relationships];
  tools.progress(0.8, 'writing the workbook');
  await tools.folder.write(`${project}.xlsx`, workbook(tables, tools.signal), WORKBOOK_TYPE);
  return {
    rows: tables.reduce((sum, { count }) => sum + count, 0),
    notes: tables.flatMap((table) => table.notes()),
  };
};

/** Reading takes the first four fifths, each list the same share of it. */
function telling(tools: PartTools, { name }: Table, index: number) {
  return (read: number, count: number) =>
    tools.progress(
      (0.8 * (index + read / Math.max(1, count))) / 3,
      `${name}: ${amount(read, count)}`,
    );
}
