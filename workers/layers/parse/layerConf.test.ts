import { expect, test } from 'vitest';
import { filesOf } from '../testing/filesOf.ts';
import { dependenciesOf, LAYER_CONF, readLayerConf } from './layerConf.ts';

test('says what a layer is and needs', async () => {
  const text = `
BBPATH .= ":\${LAYERDIR}"
BBFILE_COLLECTIONS += "networking-layer"
BBFILE_PRIORITY_networking-layer = "6"
LAYERVERSION_networking-layer = "1"
LAYERDEPENDS_networking-layer = "core (>= 12)"
LAYERDEPENDS_networking-layer += "openembedded-layer meta-python"
LAYERRECOMMENDS_networking-layer = "webserver(= 2)"
LAYERSERIES_COMPAT_networking-layer = "whinlatter wrynose"
`;
  expect((await readLayerConf(filesOf({ [LAYER_CONF]: text }))).collections).toEqual([
    {
      name: 'networking-layer',
      priority: 6,
      version: '1',
      depends: [
        { name: 'core', constraint: '>= 12' },
        { name: 'openembedded-layer', constraint: undefined },
        { name: 'meta-python', constraint: undefined },
      ],
      recommends: [{ name: 'webserver', constraint: '= 2' }],
      compatible: ['whinlatter', 'wrynose'],
    },
  ]);
});

test('has what is left of a layer that says less', async () => {
  const text = 'BBFILE_COLLECTIONS += "a b"\nBBFILE_PRIORITY_a = "high"';
  const { collections } = await readLayerConf(filesOf({ [LAYER_CONF]: text }));
  expect(collections).toMatchObject([
    { name: 'a', priority: undefined },
    { name: 'b', depends: [] },
  ]);
});

test.each([
  ['', []],
  ['a', [{ name: 'a' }]],
  ['a  (>=1)  b', [{ name: 'a', constraint: '>=1' }, { name: 'b' }]],
  ['a a (= 1)', [{ name: 'a' }]],
  ['(= 1) a (', [{ name: 'a' }]],
])('reads the dependencies %j', (text, dependencies) => {
  expect(JSON.parse(JSON.stringify(dependenciesOf(text)))).toEqual(
    expect.arrayContaining(dependencies),
  );
});
