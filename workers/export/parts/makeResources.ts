import { FileNames } from '../resources/fileName.ts';
import { storeFile } from '../resources/storeFile.ts';
import { rowCells } from '../sheets/cells.ts';
import { Table } from '../sheets/table.ts';
import { workbook, WORKBOOK_TYPE } from '../sheets/workbook.ts';
import { amount, type MakePart } from './part.ts';

const COLUMNS = ['id', 'name', 'stored as', 'note'] as const;

/** Every resource file, one after the other, and a sheet of their details. */
export const makeResources: MakePart = async (tools) => {
  const table = new Table('resources', COLUMNS, tools.scratch);
  const names = new FileNames();
  let without = 0;
  for await (const { rows, count } of tools.source.pages('resources')) {
    for (const resource of rows) {
      const { name, note } = await storeFile(resource, names, tools);
      if (note !== undefined) without += 1;
      await table.add({ ...rowCells(resource), 'stored as': name, note });
      const all = Math.max(count, table.count);
      tools.progress((0.9 * table.count) / all, `resources: ${amount(table.count, all)}`);
    }
  }
  const sheet = workbook([table], tools.signal);
  await tools.folder.write('resources.xlsx', sheet, WORKBOOK_TYPE);
  const notes = without > 0 ? [`${without} resources are without a file: the sheet says why`] : [];
  return { rows: table.count, notes: [...notes, ...table.notes()] };
};
