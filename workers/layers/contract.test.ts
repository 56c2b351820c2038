import { expect, test } from 'vitest';
import { updateAllLayers, updateLayer } from './contract.ts';

const place = { url: 'https://example.org/layer.git', branch: 'main' };

const accepts = (change: object) => updateLayer.input.safeParse({ ...place, ...change }).success;

test.each([
  'https://git.openembedded.org/openembedded-core',
  'https://example.org:8443/a/b.git',
  'https://example.org/~ada/layer',
  'ssh://git@example.org/layer.git',
  'ssh://example.org:2222/layer.git',
  'file:///srv/layers/meta-core.git',
])('takes the address %s', (url) => expect(accepts({ url })).toBe(true));

test.each([
  'http://example.org/layer.git',
  'git://example.org/layer.git',
  'ext::sh -c touch% /tmp/x',
  'https://ada:secret@example.org/layer.git',
  'https://token@example.org/layer.git',
  'ssh://git:secret@example.org/layer.git',
  'ssh://-oProxyCommand=x/layer.git',
  'ssh://-oProxyCommand=x@example.org/layer.git',
  'git@example.org:layer.git',
  '--upload-pack=touch',
  '/srv/layers/meta-core.git',
  'file://server/share',
  'https://example.org',
  'https://example.org/a?b=c',
  'https://example.org/a#b',
  'https://example.org/a b',
  'https://example.org/a\n',
  'https:///a',
  `https://example.org/${'x'.repeat(250)}`,
  '',
])('refuses the address %j', (url) => expect(accepts({ url })).toBe(false));

test.each(['main', 'scarthgap', 'release/2026.10', 'a-b_c+d', 'v1'])(
  'takes the branch %s',
  (branch) => expect(accepts({ branch })).toBe(true),
);

test.each([
  '--upload-pack=touch',
  '-b',
  '',
  'a..b',
  'a b',
  'a:b',
  'a~1',
  'a^',
  'a*',
  '/a',
  'a/',
  'a//b',
  'a/.b',
  'a.lock',
  'a.lock/b',
  'a.',
  '@{-1}',
  'a\n',
  'x'.repeat(101),
])('refuses the branch %j', (branch) => expect(accepts({ branch })).toBe(false));

test.each(['meta', 'meta-oe/recipes', 'a.b/c+d'])('takes the folder %s', (subdir) =>
  expect(accepts({ subdir })).toBe(true),
);

test.each([
  '',
  '/',
  '/meta',
  'meta/',
  'a//b',
  '..',
  'a/../b',
  './a',
  '.git',
  '-a',
  'a/-b',
  'a:b',
  'a\n',
])('refuses the folder %j', (subdir) => expect(accepts({ subdir })).toBe(false));

test.each([
  ['an unknown field', { layer: [] }],
  ['a layer without a name', { layers: [{ url: place.url }] }],
  ['a name with a space', { layers: [{ name: 'a b', url: place.url }] }],
  ['a branch of its own', { layers: [{ name: 'a', ...place }] }],
  [
    'two layers of a name',
    {
      layers: [
        { name: 'a', url: place.url },
        { name: 'a', url: place.url },
      ],
    },
  ],
])('refuses %s in a list', (_, change) => {
  const input = { branch: 'main', ...change };
  expect(updateAllLayers.input.safeParse(input).success).toBe(false);
});
