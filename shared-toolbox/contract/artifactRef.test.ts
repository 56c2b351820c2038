import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artifactRef, isArtifactRef } from './index.ts';

describe('artifact references', () => {
  it.each([
    'artifact:photo.jpg',
    'artifact:uploads/3f2a/photo.jpg',
    'artifact:uploads/.hidden',
    'artifact:uploads/offload/photo.jpg',
    'artifact:uploads/...',
    'artifact:uploads/a..b',
    'artifact:Übung/写真 1.jpg',
    `artifact:${'k'.repeat(900)}`,
  ])('are %s', (text) => {
    expect(isArtifactRef(text)).toBe(true);
  });

  it.each([
    '',
    'photo.jpg',
    'artifact:',
    'Artifact:photo.jpg',
    ' artifact:photo.jpg',
    'artifact:/photo.jpg',
    'artifact:uploads/',
    'artifact:uploads//photo.jpg',
    'artifact:.',
    'artifact:..',
    'artifact:../photo.jpg',
    'artifact:uploads/../photo.jpg',
    'artifact:uploads/./photo.jpg',
    'artifact:uploads/..',
    'artifact:uploads/\u2028/../photo.jpg',
    'artifact:pho\nto.jpg',
    'artifact:pho\u0000to.jpg',
    'artifact:offload/45d/export/some-id/input.json',
    `artifact:${'k'.repeat(901)}`,
    `artifact:${'写'.repeat(400)}`,
  ])('are not %j', (text) => {
    expect(isArtifactRef(text)).toBe(false);
  });

  it('never step out of their folder', () => {
    const part = fc.constantFrom('a', '.', '..', '', '/', '\u2028', '\u2029', '\u0085', ':');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const key = parts.join('');
        fc.pre(isArtifactRef(`artifact:${key}`));
        expect(key.split('/').filter((name) => ['', '.', '..'].includes(name))).toEqual([]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('are checked by a schema that says where they come from', () => {
    expect(artifactRef.safeParse('artifact:photo.jpg').success).toBe(true);
    const [issue] = artifactRef.safeParse('photo.jpg').error?.issues ?? [];
    expect(issue?.message).toContain('taskfleet put');
    expect(artifactRef.safeParse(1).success).toBe(false);
  });
});
