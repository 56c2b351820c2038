import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { runAttempt } from '@taskfleet/toolbox/testing';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { updateLayer } from '../contract.ts';
import { isGitThere } from '../demo/index.ts';
import { anyCommits, type Commits } from '../testing/anyCommits.ts';
import { indexIn } from '../testing/indexIn.ts';
import { layerRepository } from '../testing/layerRepository.ts';
import { layersIn } from '../testing/layersIn.ts';
import { temporaryFolder } from '../testing/temporaryFolder.ts';

/** Some thirty commits, each fetched and indexed twice. */
const SLOW_MS = 120_000;

test.skipIf(!isGitThere())(
  'an index that goes on from the last one is what a new one would be, after any commits',
  { timeout: SLOW_MS },
  async () => {
    await using folder = await temporaryFolder();
    const follows = async (history: Commits) => {
      const root = await mkdtemp(join(folder.path, 'run-'));
      const layer = await layerRepository(root, 'x');
      let files = {};
      for (const commit of history) {
        await layer.commit({ files: Object.fromEntries(commit.map((it) => [it.path, it.text])) });
        const next = await runAttempt(updateLayer, layersIn(root), layer.place, { files });
        const fresh = await runAttempt(updateLayer, layersIn(root), layer.place);
        expect(indexIn(next)).toEqual(indexIn(fresh));
        files = { [next.output.index]: next.stored.get(next.output.index)!.body };
      }
    };
    await fc.assert(fc.asyncProperty(anyCommits, follows), { numRuns: 5 });
  },
);
