import { type HostProject, rowsOf } from './project.ts';

/** A small project with all types of geometry, parties, relationships and resources, and some of what makes data awkward. */
export function sampleProject(): HostProject {
  return {
    locations: rowsOf([
      location('loc-1', 'PA', polygon(FIELD, WELL), { owner: 'Ana', hectares: 1.2 }),
      location('loc-2', 'RW', PATH, { surface: 'gravel' }),
      location(
        'loc-3',
        'MI',
        { type: 'Point', coordinates: [30.005, 10.005] },
        { surveyed: '2026-02-28' },
      ),
      location('loc-4', 'PA', TWO_FIELDS, { note: '=HYPERLINK("http://x")' }),
      location('loc-5', 'MI', null, { owner: 'Zoë Ångström 山田' }),
    ]),
    parties: rowsOf([
      { id: 'party-1', name: 'Ana Soto', type: 'IN', attributes: { born: '1980-05-17' } },
      { id: 'party-2', name: 'Village of Ilha', type: 'GR', attributes: { members: 214 } },
    ]),
    relationships: rowsOf([
      relationship('rel-1', 'party-1', 'loc-1', 'FH'),
      relationship('rel-2', 'party-2', 'loc-2', 'CU'),
    ]),
    resources: rowsOf([
      resource('res-1', 'Deed', 'deed.txt'),
      resource('res-2', 'Sketch', 'sketch.svg'),
    ]),
    files: {
      'deed.txt': Buffer.from('Ana Soto holds the field by the well.\n'),
      'sketch.svg': Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7h-7z"/></svg>',
      ),
    },
  };
}

/** Counter-clockwise, as GeoJSON has outer rings; some 110 m a side. */
const FIELD = [
  [30, 10],
  [30.001, 10],
  [30.001, 10.001],
  [30, 10.001],
  [30, 10],
];
const WELL = [
  [30.0004, 10.0004],
  [30.0004, 10.0006],
  [30.0006, 10.0006],
  [30.0006, 10.0004],
  [30.0004, 10.0004],
];

const PATH = {
  type: 'LineString',
  coordinates: [
    [30, 10],
    [30.01, 10.02],
  ],
};
const TWO_FIELDS = { type: 'MultiPolygon', coordinates: [[FIELD], [moved(FIELD, 1)]] };

function polygon(...coordinates: readonly unknown[]) {
  return { type: 'Polygon', coordinates };
}

function relationship(id: string, party: string, location: string, type: string) {
  return {
    id,
    party,
    spatial_unit: location,
    tenure_type: type,
    attributes: { since: '1931-01-01' },
  };
}

function resource(id: string, name: string, file: string) {
  return { id, name, file, original_file: file };
}

function moved(ring: readonly (readonly number[])[], degrees: number): number[][] {
  return ring.map(([x = 0, y = 0]) => [x + degrees, y]);
}

function location(
  id: string,
  type: string,
  geometry: unknown,
  attributes: Record<string, unknown>,
) {
  return { type: 'Feature' as const, id, geometry, properties: { id, type, attributes } };
}
