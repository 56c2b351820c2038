import { expect, test } from 'vitest';
import { fitsConstraint } from './fitsConstraint.ts';
import { resolveNeeds } from './resolveNeeds.ts';

const inspected = (name: string, collection: string, version?: string) => ({
  name,
  state: 'inspected' as const,
  isIndexed: false,
  collections: [{ name: collection, version }],
  depends: [] as { name: string; constraint?: string }[],
  recommends: [] as { name: string }[],
});

test('finds layers by their collections, and by their names', () => {
  const layers = [
    inspected('meta-core', 'core'),
    { ...inspected('meta-net', 'net'), depends: [{ name: 'core' }], recommends: [{ name: 'net' }] },
    {
      ...inspected('meta-bsp', 'bsp'),
      depends: [{ name: 'meta-core' }],
      recommends: [{ name: 'net' }],
    },
  ];
  expect(resolveNeeds(layers)).toEqual({
    nodes: [
      { name: 'meta-core', needs: [], likes: [] },
      { name: 'meta-net', needs: ['meta-core'], likes: [] },
      { name: 'meta-bsp', needs: ['meta-core'], likes: ['meta-net'] },
    ],
    remarks: [],
  });
});

test('remarks on what nobody offers, and on versions that do not fit', () => {
  const depends = [{ name: 'core', constraint: '>= 13' }, { name: 'qt' }];
  const layers = [
    inspected('meta-core', 'core', '12'),
    { ...inspected('meta-net', 'net'), depends },
  ];
  expect(resolveNeeds(layers).remarks).toEqual([
    'meta-net needs core (>= 13), and meta-core has version 12',
    'meta-net needs qt, which no listed layer is',
  ]);
});

test('knows what a layer that cannot be fetched offered last', () => {
  const failed = {
    name: 'meta-core',
    state: 'failed' as const,
    reason: 'gone',
    collections: [{ name: 'core' }],
  };
  const net = { ...inspected('meta-net', 'net'), depends: [{ name: 'core' }] };
  expect(resolveNeeds([failed, net]).nodes).toMatchObject([
    { needs: [] },
    { needs: ['meta-core'] },
  ]);
});

test.each([
  ['12', '>= 12', true],
  ['9', '>= 12', false],
  ['1.10', '> 1.9', true],
  ['1', '= 1.0', true],
  ['2', '<= 1', false],
  ['2', '< 3', true],
  ['2', 'about 3', true],
])('fits %s to %s: %j', (version, constraint, does) => {
  expect(fitsConstraint(version, constraint)).toBe(does);
});
