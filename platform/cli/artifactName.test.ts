import { isArtifactRef } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentTypeOf, safeName } from './artifactName.ts';

describe('safeName', () => {
  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['Été à la mer.JPG', 'Ete-a-la-mer.JPG'],
    ['../../etc/passwd', 'etc-passwd'],
    ['.bashrc', 'file.bashrc'],
    ['..', 'file'],
    ['写真.png', 'file.png'],
    ['a\nb\u001b[31m.txt', 'a-b-31m.txt'],
    ['', 'file'],
    [`${'x'.repeat(300)}.webp`, `${'x'.repeat(95)}.webp`],
  ])('makes %j %j', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });

  it('makes a name that a reference can carry of anything', () => {
    const names = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(names, (name) => {
        const safe = safeName(name);
        expect(safe).toMatch(/^[A-Za-z0-9._-]{1,100}$/);
        expect(isArtifactRef(`artifact:uploads/0/${safe}`)).toBe(true);
      }),
    );
  });
});

describe('contentTypeOf', () => {
  it.each([
    ['a.JPEG', 'image/jpeg'],
    ['a.webp', 'image/webp'],
    ['a.unheard-of', 'application/octet-stream'],
    ['none', 'application/octet-stream'],
  ])('knows %s as %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });
});
