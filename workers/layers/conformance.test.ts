import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testConformance } from '@taskfleet/testing/conformance';
import { afterAll, describe } from 'vitest';
import { isGitThere, makeSampleRepositories } from './demo/index.ts';
import { layersIn } from './testing/layersIn.ts';

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-layers-'));
afterAll(() => rmSync(folder, { recursive: true }));

let made: ReturnType<typeof makeSampleRepositories> | undefined;
/** Once, for samples that are made side by side. */
const layers = async () => (made ??= makeSampleRepositories(folder));
const core = async () => {
  const [{ url, branch } = { url: '', branch: '' }] = await layers();
  return { url, branch };
};

describe.skipIf(!isGitThere())('the layers worker', () => {
  testConformance(layersIn(folder), {
    samples: {
      'layers.update': core,
      'layers.inspect': core,
      'layers.updateAll': async () => ({
        branch: 'main',
        layers: (await layers()).map(({ name, url }) => ({ name, url })),
      }),
    },
  });
});
