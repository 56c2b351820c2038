import { runAttempt } from '@taskfleet/toolbox/testing';
import readWorkbook from 'read-excel-file/node';
import { exportPart } from '../contract.ts';
import { type HostProject, rowsOf } from '../demo/project.ts';
import { quickExports } from './exports.ts';
import { startHost, TOKEN } from './startHost.ts';

/** A project of these rows and no others. */
export function projectOf(
  rows: Partial<Record<'locations' | 'parties' | 'relationships' | 'resources', readonly object[]>>,
): HostProject {
  const list = (name: keyof typeof rows) => rowsOf((rows[name] ?? []) as never[]);
  return {
    locations: list('locations'),
    parties: list('parties'),
    relationships: list('relationships'),
    resources: list('resources'),
    files: { 'deed.txt': Buffer.from('deed') },
  };
}

/** One attempt of a part for the project, on a host of its own. `file` gives what it has stored, by the name in the zip. */
export async function attemptPart(project: HostProject, part: 'xls' | 'shp' | 'res') {
  await using host = await startHost({ projects: { 'ilha/fields': project }, pageSize: 2 });
  const where = { org: 'ilha', project: 'fields', source: host.source, token: TOKEN };
  const end = await runAttempt(exportPart, quickExports(), { ...where, part, folder: 'f1' });
  const prefix = `artifact:export/f1/parts/${part}/`;
  const names = [...end.stored.keys()].map((ref) => ref.slice(prefix.length));
  const file = (name: string): Buffer => {
    const stored = end.stored.get(`${prefix}${name}` as `artifact:${string}`);
    if (!stored) throw new Error(`expected a file ${name}, got ${names.join(', ')}`);
    return Buffer.from(stored.body);
  };
  return { ...end, host: host.source, names, file };
}

/** The rows of a sheet as another program reads them, by their columns. */
export async function rowsIn(workbook: Buffer, sheet: string): Promise<Record<string, unknown>[]> {
  const sheets = await readWorkbook(workbook);
  const found = sheets.find((one) => one.sheet === sheet);
  const [head = [], ...rows] = found?.data ?? [];
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [String(head[i]), cell])));
}
