import { describe, expect, it } from 'vitest';
import { publishedManifest, sourceManifest } from './manifest.ts';

const source = {
  name: '@taskfleet/toolbox',
  version: '1.2.3',
  private: true,
  description: 'What it is.',
  license: 'Apache-2.0',
  type: 'module',
  sideEffects: false,
  exports: { './contract': './contract/index.ts', './lambda': './runtime/lambda/index.ts' },
  dependencies: { pino: '10.4.0', zod: '4.6.7' },
  devDependencies: { vitest: '5.1.1' },
  scripts: { prepare: 'something' },
};

describe('the published package.json', () => {
  it('has entry points where they are in the sources, with their types first', () => {
    const { exports } = publishedManifest(sourceManifest.parse(source));
    expect(exports).toEqual({
      './contract': { types: './contract/index.d.ts', default: './contract/index.js' },
      './lambda': { types: './runtime/lambda/index.d.ts', default: './runtime/lambda/index.js' },
      './package.json': './package.json',
    });
    expect(Object.keys(exports['./contract'] ?? {})).toEqual(['types', 'default']);
  });

  it('begins ranges at the tested version, and shares zod with the project', () => {
    const { dependencies, peerDependencies } = publishedManifest(sourceManifest.parse(source));
    expect(dependencies).toEqual({ pino: '^10.4.0' });
    expect(peerDependencies).toMatchObject({ zod: '^4.6.7' });
  });

  it('leaves out what is of the workspace', () => {
    const published = publishedManifest(sourceManifest.parse(source));
    expect(published).toMatchObject({ name: '@taskfleet/toolbox', version: '1.2.3' });
    for (const field of ['private', 'devDependencies', 'scripts']) {
      expect(published).not.toHaveProperty(field);
    }
  });

  it.each([
    ['a dependency that is no exact version', { dependencies: { pino: 'latest' } }],
    ['an entry point that is no source file', { exports: { './contract': './contract.js' } }],
    ['a license that is missing', { license: undefined }],
  ])('refuses %s', (_what, change) => {
    expect(sourceManifest.safeParse({ ...source, ...change }).success).toBe(false);
  });
});
