import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sampleProject } from '../demo/sampleProject.ts';
import { attemptPart } from '../testing/attemptPart.ts';

const gdal = ((): boolean => {
  try {
    execFileSync('ogrinfo', ['--version']);
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!gdal)("is read by GDAL (skipped without ogrinfo: Debian's gdal-bin)", async () => {
  const part = await attemptPart(sampleProject(), 'shp');
  const folder = mkdtempSync(join(tmpdir(), 'export-gdal-'));
  try {
    for (const name of part.names) writeFileSync(join(folder, name), part.file(name));
    const told = execFileSync('ogrinfo', ['-ro', '-al', join(folder, 'polygons.shp')]).toString();
    expect(told).toContain('Feature Count: 2');
    expect(told).toMatch(/WGS.84/);
    expect(told).toContain('note (String) = =HYPERLINK("http://x")');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
