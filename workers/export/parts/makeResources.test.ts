import { expect, test } from 'vitest';
import { sampleProject } from '../demo/sampleProject.ts';
import { attemptPart, projectOf, rowsIn } from '../testing/attemptPart.ts';

test('has every file, and a sheet of their details', async () => {
  const { file, names, output } = await attemptPart(sampleProject(), 'res');
  expect(names).toEqual(['files/deed.txt', 'files/sketch.svg', 'resources.xlsx']);
  expect(output).toMatchObject({ rows: 2, files: 3, notes: [] });
  expect(file('files/deed.txt').toString()).toContain('the field by the well');
  const [deed] = await rowsIn(file('resources.xlsx'), 'resources');
  expect(deed).toMatchObject({
    id: 'res-1',
    name: 'Deed',
    'stored as': 'files/deed.txt',
    note: null,
  });
});

test('makes names safe and unlike each other', async () => {
  const named = (original_file: string, i: number) => ({ id: i, file: 'deed.txt', original_file });
  const resources = [
    '../../etc/passwd',
    'A.txt',
    'a.TXT',
    'C:\\x\\nul.txt',
    '..',
    'r\u202Egpj.exe',
    'a\u0000b?.png',
    '山田.pdf',
  ].map(named);
  const { names } = await attemptPart(projectOf({ resources }), 'res');
  expect(names).toEqual([
    'files/passwd',
    'files/A.txt',
    'files/a (2).TXT',
    'files/_nul.txt',
    'files/resource-4',
    'files/rgpj.exe',
    'files/ab_.png',
    'files/山田.pdf',
    'resources.xlsx',
  ]);
});

test('says which files are not there, and why', async () => {
  const resources = [
    { id: 1, name: 'Nowhere', file: null },
    { id: 2, name: 'Elsewhere', file: 'http://10.1.2.3/x.png?key=abc' },
    { id: 3, name: 'No address', file: 'ftp://host/x' },
    { id: 4, name: 'Lost', file: 'lost.txt' },
    { id: 5, name: 'There', file: 'deed.txt' },
  ];
  const { file, names, output, host } = await attemptPart(projectOf({ resources }), 'res');
  expect(names).toEqual(['files/There', 'resources.xlsx']);
  expect(output.notes).toEqual(['4 resources are without a file: the sheet says why']);
  const rows = await rowsIn(file('resources.xlsx'), 'resources');
  const elsewhere = 'not fetched: its address is not among those that may be read';
  expect(rows.map(({ note }) => note)).toEqual([
    'has no file',
    elsewhere,
    elsewhere,
    `not fetched: resource 4: ${new URL(host).origin} answered 404: it has no such file`,
    null,
  ]);
});
