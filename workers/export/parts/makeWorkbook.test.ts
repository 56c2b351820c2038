import { expect, test } from 'vitest';
import { sampleProject } from '../demo/sampleProject.ts';
import { attemptPart, projectOf, rowsIn } from '../testing/attemptPart.ts';
import { openZip } from '../testing/openZip.ts';

test('has a sheet for locations, parties and relationships', async () => {
  const { file, output } = await attemptPart(sampleProject(), 'xls');
  expect(output).toMatchObject({ part: 'xls', rows: 9, files: 1, notes: [] });
  const [field, path, mill] = await rowsIn(file('fields.xlsx'), 'locations');
  expect(field).toMatchObject({ id: 'loc-1', type: 'PA', owner: 'Ana', hectares: 1.2 });
  expect(path).toMatchObject({ geometry: 'LINESTRING (30 10, 30.01 10.02)', area: null });
  expect(mill).toMatchObject({ surveyed: new Date('2026-02-28') });
  const [ana] = await rowsIn(file('fields.xlsx'), 'parties');
  expect(ana).toEqual({
    id: 'party-1',
    name: 'Ana Soto',
    type: 'IN',
    born: new Date('1980-05-17'),
    members: null,
  });
  const [first] = await rowsIn(file('fields.xlsx'), 'relationships');
  expect(first).toMatchObject({ party: 'party-1', spatial_unit: 'loc-1', tenure_type: 'FH' });
});

test('says how far it is by rows', async () => {
  const { progress } = await attemptPart(sampleProject(), 'xls');
  expect(progress.map(({ note }) => note)).toEqual([
    'locations: 2 of 5',
    'locations: 4 of 5',
    'locations: 5 of 5',
    'parties: 2 of 2',
    'relationships: 2 of 2',
    'writing the workbook',
  ]);
});

test('makes sheets of an empty project', async () => {
  const { file, output } = await attemptPart(projectOf({}), 'xls');
  expect(output.rows).toBe(0);
  expect(await rowsIn(file('fields.xlsx'), 'parties')).toEqual([]);
  expect([...(await openZip(file('fields.xlsx'))).keys()]).toContain('xl/worksheets/sheet3.xml');
});

const odd = async (
  attributes: Record<string, unknown>,
  properties: object = {},
  geometry: unknown = null,
) => {
  const feature = { type: 'Feature', id: 1, geometry, properties: { ...properties, attributes } };
  const part = await attemptPart(projectOf({ locations: [feature] }), 'xls');
  const [row] = await rowsIn(part.file('fields.xlsx'), 'locations');
  const xml =
    (await openZip(part.file('fields.xlsx'))).get('xl/worksheets/sheet1.xml')?.toString() ?? '';
  return { row, xml, notes: part.output.notes };
};

test.each(['=HYPERLINK("http://x.example", "here")', "+1+cmd|' /C calc'!A0", '-2+3', '@SUM(A1)'])(
  'writes %j as text that stays text',
  async (text) => {
    const { row, xml } = await odd({ note: text });
    expect(row).toMatchObject({ note: text });
    expect(xml).not.toContain('<f>');
    expect(xml).toMatch(/<c r="E2" s="2" t="inlineStr">/);
  },
);

test.each([
  ['characters that XML cannot hold', 'a\u0000b\u000Bc\uFFFE', 'a\uFFFDb\uFFFDc\uFFFD'],
  ['half a character', 'a\uD800b', 'a\uFFFDb'],
  ['what looks like XML', '<b>&amp;"</b>', '<b>&amp;"</b>'],
  ['other scripts', 'Zoë 山田 🏔', 'Zoë 山田 🏔'],
  ['yes and no', true, true],
  ['a number', -12.5, -12.5],
  ['a list', [1, { a: 'b' }], '[1,{"a":"b"}]'],
  ['a day that is none', '2026-02-30', '2026-02-30'],
  ['a day before the calendar of spreadsheets', '1850-01-01', '1850-01-01'],
  ['a moment', '2026-02-28T10:00:00+02:00', '2026-02-28T10:00:00+02:00'],
])('keeps %s', async (_, value, shown) => {
  expect((await odd({ value })).row).toMatchObject({ value: shown });
});

test('keeps what a spreadsheet takes for an escape, as it reads it', async () => {
  expect((await odd({ value: '_x0041_' })).xml).toContain('_x005F_x0041_');
});

test('cuts what no cell takes, and says so', async () => {
  const { row, notes } = await odd({ value: 'x'.repeat(40_000) });
  expect(String(row?.['value'])).toBe(`${'x'.repeat(32_766)}…`);
  expect(notes).toEqual([
    'locations: 1 values are cut, because a cell has 32,767 characters at most',
  ]);
});

test('takes 300 columns, of any row', async () => {
  const names = Array.from({ length: 300 }, (_, i) => `column ${i}`);
  const locations = names.map((name, i) => ({
    type: 'Feature',
    id: i,
    geometry: null,
    properties: { attributes: { [name]: i } },
  }));
  const { file } = await attemptPart(projectOf({ locations }), 'xls');
  const rows = await rowsIn(file('fields.xlsx'), 'locations');
  expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'geometry', 'type', 'area', ...names]);
  expect(rows.map((row, i) => row[`column ${i}`])).toEqual(names.map((_, i) => i));
});

test('tells an attribute from a field of the same name', async () => {
  const { row } = await odd({ type: 'forest' }, { type: 'PA' });
  expect(row).toMatchObject({ type: 'PA', 'type (attribute)': 'forest' });
});

test('takes the area of the host, and computes it on the ellipsoid where there is none', async () => {
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ];
  const degree = { type: 'Polygon', coordinates: [ring] };
  expect((await odd({}, { area: 7 }, degree)).row).toMatchObject({ area: 7 });
  // A degree square at the equator, by GeographicLib's own Planimeter.
  expect((await odd({}, {}, degree)).row).toMatchObject({ area: 12_308_778_361.47 });
});

test.each([
  ['none', null],
  ['an unknown type', { type: 'Blob', coordinates: [1, 2] }],
  ['an empty one', { type: 'Polygon', coordinates: [] }],
  ['positions that are no numbers', { type: 'Point', coordinates: ['a', null] }],
])('leaves the geometry out when it is %s', async (_, geometry) => {
  expect((await odd({}, {}, geometry)).row).toMatchObject({ id: 1, geometry: null });
});

test('writes collections as well-known text', async () => {
  const geometries = [
    {
      type: 'MultiPoint',
      coordinates: [
        [1, 2],
        [3, 4],
      ],
    },
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 0],
          [1, 1],
          [0, 0],
        ],
      ],
    },
  ];
  const { row } = await odd({}, {}, { type: 'GeometryCollection', geometries });
  expect(row).toMatchObject({
    geometry: 'GEOMETRYCOLLECTION (MULTIPOINT ((1 2), (3 4)), POLYGON ((0 0, 1 0, 1 1, 0 0)))',
  });
});
