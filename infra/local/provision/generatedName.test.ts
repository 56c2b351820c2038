import { describe, expect, it } from 'vitest';
import { generatedName } from './generatedName.ts';

describe('generatedName', () => {
  it('is the stack and the logical id in lower case', () => {
    expect(generatedName('taskfleet-local', 'ArtifactsBucket88671897')).toBe(
      'taskfleet-local-artifactsbucket88671897',
    );
  });

  it('fits a bucket and stays unique when cut', () => {
    const names = ['A', 'B'].map((last) => generatedName('stack', `${'x'.repeat(80)}${last}`));
    expect(names.map(({ length }) => length)).toEqual([63, 63]);
    expect(new Set(names).size).toBe(2);
  });
});
