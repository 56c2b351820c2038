import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bundleService } from '../../infra/images/bundleService.ts';
import { programOf } from '../../infra/local/services.ts';
import { copyPackages } from './copyPackages.ts';
import { SMOKED, smokeTest } from './smokeTest.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskfleet-bundles-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the bundles of an image', { timeout: 180_000 }, () => {
  it('run a task where nothing of the repository is, and end with 0 on SIGTERM', async () => {
    for (const service of SMOKED) {
      bundleService({ entry: programOf(service), folder: join(folder, service) });
      copyPackages(join(folder, service));
    }
    const { output } = await smokeTest((service) => ({
      program: process.execPath,
      arguments: ['--enable-source-maps', 'main.js'],
      cwd: join(folder, service),
    }));
    expect(output).toMatchObject({ square: { width: 160, height: 160 } });
  });
});
