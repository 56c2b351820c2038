import type { HostProject } from './project.ts';

const STEP = 0.002;

/** A project of so many locations in a grid, with half as many parties and a relationship for each location: made while it is read, always the same. */
export function madeProject(locations: number): HostProject {
  const parties = Math.ceil(locations / 2);
  return {
    locations: { count: locations, at: madeLocation },
    parties: {
      count: parties,
      at: (i) => ({
        id: `party-${i}`,
        name: `Party ${i}`,
        type: i % 5 === 0 ? 'GR' : 'IN',
        attributes: { household: i % 9 },
      }),
    },
    relationships: {
      count: locations,
      at: (i) => ({
        id: `rel-${i}`,
        party: `party-${i % parties}`,
        spatial_unit: `loc-${i}`,
        tenure_type: ['FH', 'LH', 'CU'][i % 3],
        attributes: { since: `${1_950 + (i % 70)}-01-01` },
      }),
    },
    resources: {
      count: Math.min(10, locations),
      at: (i) => ({
        id: `res-${i}`,
        name: `Deed ${i}`,
        file: 'deed.txt',
        original_file: 'deed.txt',
      }),
    },
    files: { 'deed.txt': Buffer.alloc(20_000, 'deed ') },
  };
}

function madeLocation(index: number) {
  const x = -60 + (index % 1_000) * STEP;
  const y = -10 + Math.floor(index / 1_000) * STEP;
  const id = `loc-${index}`;
  const attributes = {
    household: `Household ${index % 4_001}`,
    people: index % 9,
    hectares: Math.round(((index * 37) % 1_000) * 1.37) / 100,
    surveyed: `20${10 + (index % 15)}-0${1 + (index % 9)}-1${index % 10}`,
    irrigated: index % 3 === 0,
    remarks: index % 7 === 0 ? 'borders the river; the northern side moves with the floods' : null,
  };
  return {
    type: 'Feature' as const,
    id,
    geometry: geometryAt(index, x, y),
    properties: { id, type: 'PA', attributes },
  };
}

/** Mostly fields of eight corners; some paths, some trees. */
function geometryAt(index: number, x: number, y: number) {
  if (index % 10 === 8)
    return {
      type: 'LineString',
      coordinates: [
        [x, y],
        [x + STEP / 2, y],
        [x + STEP, y + STEP / 3],
      ],
    };
  if (index % 10 === 9) return { type: 'Point', coordinates: [x, y] };
  const corners = Array.from({ length: 8 }, (_, i) => {
    const angle = (i / 8) * 2 * Math.PI;
    return [x + Math.cos(angle) * STEP * 0.4, y + Math.sin(angle) * STEP * 0.4];
  });
  return { type: 'Polygon', coordinates: [[...corners, corners[0]]] };
}
