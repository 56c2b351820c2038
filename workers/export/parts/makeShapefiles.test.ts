import { open } from 'shapefile';
import { expect, test } from 'vitest';
import { sampleProject } from '../demo/sampleProject.ts';
import { attemptPart, projectOf } from '../testing/attemptPart.ts';

type Part = Awaited<ReturnType<typeof attemptPart>>;

/** The features of a set as another program reads them. */
async function featuresIn({ file }: Part, set: string) {
  const [shp, dbf] = [file(`${set}.shp`), file(`${set}.dbf`)];
  const source = await open(new Uint8Array(shp), new Uint8Array(dbf), { encoding: 'utf-8' });
  const features: GeoJSON.Feature[] = [];
  for (;;) {
    const { done, value } = await source.read();
    if (done) return features;
    features.push(value);
  }
}

const location = (geometry: unknown, attributes: Record<string, unknown> = {}, id = 'a') => ({
  type: 'Feature',
  id,
  geometry,
  properties: { id, type: 'PA', attributes },
});

const shapefilesOf = async (...locations: object[]) => attemptPart(projectOf({ locations }), 'shp');
const POINT = { type: 'Point', coordinates: [1.5, -2.25] };

test('has a set for each type of geometry', async () => {
  const part = await attemptPart(sampleProject(), 'shp');
  const sets = ['lines', 'points', 'polygons'];
  const extensions = ['cpg', 'dbf', 'prj', 'shp', 'shx'];
  const expected = sets.flatMap((set) => extensions.map((extension) => `${set}.${extension}`));
  expect(part.names.toSorted()).toEqual(['README.txt', ...expected]);
  expect(part.output).toMatchObject({
    rows: 5,
    notes: ['1 locations have no geometry, or one that cannot be used'],
  });
  const [mill] = await featuresIn(part, 'points');
  expect(mill).toMatchObject({
    geometry: { type: 'Point', coordinates: [30.005, 10.005] },
    properties: { id: 'loc-3', type: 'MI', surveyed: new Date(2026, 1, 28) },
  });
  expect(part.file('points.cpg').toString()).toBe('UTF-8');
  expect(part.file('points.prj').toString()).toContain('GCS_WGS_1984');
});

test('turns rings the way shapefiles have them, and closes them', async () => {
  const outer = [
    [0, 0],
    [9, 0],
    [9, 9],
    [0, 9],
  ];
  const hole = [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 1],
  ];
  const part = await shapefilesOf(location({ type: 'Polygon', coordinates: [outer, hole] }));
  const [polygon] = await featuresIn(part, 'polygons');
  // The reader gives rings as they lie in the file: clockwise outside, the other way inside.
  expect(polygon?.geometry).toEqual({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [0, 9],
        [9, 9],
        [9, 0],
        [0, 0],
      ],
      [
        [1, 1],
        [2, 1],
        [2, 2],
        [1, 2],
        [1, 1],
      ],
    ],
  });
});

test('keeps parts of multi-geometries together', async () => {
  const square = (x: number) => [
    [
      [x, 0],
      [x, 1],
      [x + 1, 1],
      [x + 1, 0],
      [x, 0],
    ],
  ];
  const part = await shapefilesOf(
    location({ type: 'MultiPolygon', coordinates: [square(0), square(5)] }),
    location({
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
        [
          [2, 2],
          [3, 3],
        ],
      ],
    }),
    location({
      type: 'MultiPoint',
      coordinates: [
        [0, 0],
        [1, 1],
      ],
    }),
  );
  expect((await featuresIn(part, 'polygons'))[0]?.geometry.type).toBe('MultiPolygon');
  expect((await featuresIn(part, 'lines'))[0]?.geometry.type).toBe('MultiLineString');
  expect((await featuresIn(part, 'multipoints'))[0]?.geometry.type).toBe('MultiPoint');
});

test('takes collections apart, and says so', async () => {
  const geometries = [
    POINT,
    {
      type: 'GeometryCollection',
      geometries: [
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [1, 1],
          ],
        },
      ],
    },
  ];
  const part = await shapefilesOf(location({ type: 'GeometryCollection', geometries }, {}, 'c'));
  expect((await featuresIn(part, 'points'))[0]?.properties).toMatchObject({ id: 'c' });
  expect((await featuresIn(part, 'lines'))[0]?.properties).toMatchObject({ id: 'c' });
  expect(part.output.notes).toEqual([
    '1 collections of geometries are taken apart: a record for each',
  ]);
});

test.each([
  ['none', null],
  ['a line of one point', { type: 'LineString', coordinates: [[0, 0]] }],
  [
    'a ring of two points',
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    },
  ],
])('leaves a geometry out that is %s, and counts it', async (_, geometry) => {
  const { names, output, file } = await shapefilesOf(location(geometry));
  expect(names).toEqual(['README.txt']);
  expect(output.notes).toEqual(['1 locations have no geometry, or one that cannot be used']);
  expect(file('README.txt').toString()).toContain('- 1 locations have no geometry');
});

test('keeps each kind of value', async () => {
  const part = await shapefilesOf(
    location(POINT, {
      whole: -7,
      real: 1,
      yes: true,
      day: '2026-02-28',
      mixed: 1,
      list: [1],
      far: 1e-300,
    }),
    location(POINT, { whole: 90_071_992, real: 0.1, yes: false, mixed: 'a', text: 'Zoë 山田' }),
  );
  const [first, second] = (await featuresIn(part, 'points')).map(({ properties }) => properties);
  expect(first).toMatchObject({
    whole: -7,
    real: 1,
    yes: true,
    mixed: '1',
    list: '[1]',
    far: 1e-300,
  });
  expect(second).toMatchObject({
    whole: 90_071_992,
    real: 0.1,
    yes: false,
    mixed: 'a',
    text: 'Zoë 山田',
  });
  expect(second).toMatchObject({ list: null });
});

test('cuts texts between two characters, and says so', async () => {
  const part = await shapefilesOf(location(POINT, { text: `x${'山'.repeat(100)}` }));
  const [point] = await featuresIn(part, 'points');
  expect(point?.properties?.['text']).toBe(`x${'山'.repeat(84)}`);
  expect(part.output.notes).toEqual(['1 texts are cut, because a field has 254 bytes at most']);
});

test('shortens names so that each is its own, and says what they stand for', async () => {
  const attributes = {
    'Größe des Hauses': 1,
    'Größe des Feldes': 2,
    ID: 3,
    '2nd': 4,
    größe_des: 5,
    山: 6,
  };
  const part = await shapefilesOf(location(POINT, attributes));
  const [point] = await featuresIn(part, 'points');
  expect(point?.properties).toEqual({
    id: 'a',
    type: 'PA',
    Grosse_des: 1,
    Grosse_d_2: 2,
    ID_2: 3,
    f2nd: 4,
    grosse_d_3: 5,
    f_: 6,
  });
  expect(part.file('README.txt').toString()).toContain('Grosse_d_2 Größe des Feldes\r\n');
});

test('has the first 255 of 300 columns, and names the others in README.txt', async () => {
  const attributes = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`attribute number ${i}`, i]),
  );
  const part = await shapefilesOf(location(POINT, attributes));
  const [point] = await featuresIn(part, 'points');
  expect(Object.keys(point?.properties ?? {})).toHaveLength(255);
  const readme = part.file('README.txt').toString();
  expect(readme).toContain('attribute_ attribute number 0\r\n');
  expect(readme).toContain(
    'Columns that points.dbf has no room for (255 at most):\r\nattribute number 253\r\n',
  );
});
