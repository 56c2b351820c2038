import type { Handler, TaskContext } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';
import { fetchBranch } from '../git/fetchBranch.ts';
import { type LayerFiles, withTree } from '../git/openTree.ts';
import { buildIndex, type BuiltIndex } from '../index/buildIndex.ts';
import { PARTS } from '../index/layerIndex.ts';
import { type Place, readIndex, storeIndex } from '../index/storedIndex.ts';
import { requireLayer } from './requireLayer.ts';
import { tellMaintainers } from './tellMaintainers.ts';
import type { World } from './world.ts';

/** A log keeps a hundred lines; the index has all problems. */
const MOST_PROBLEM_LINES = 50;

type UpdateLayer = Handler<typeof contract.updateLayer>;

/** Fetch, read what has changed, tell maintainers, store: the index is replaced at the very end. */
export function updateLayerWith(world: World): UpdateLayer {
  return async (place, context) => {
    await world.checkAddress(place.url);
    return world.clones.use(place.url, context.signal, async (clone) => {
      context.log.info('layers.fetching', { ...place });
      const revision = await fetchBranch(clone, place.branch);
      context.progress(0.3, 'fetched');
      context.log.info('layers.fetched', { revision });
      const { subdir } = place;
      return withTree(clone, { revision, subdir }, async (files) =>
        bringUpToDate({ place, revision, files, notify: world.notify }, context),
      );
    });
  };
}

interface Fetched {
  readonly place: Place;
  readonly revision: string;
  readonly files: LayerFiles;
  readonly notify: World['notify'];
}

async function bringUpToDate({ place, revision, files, notify }: Fetched, context: TaskContext) {
  requireLayer(files, place);
  const previous = await readIndex(context.artifacts, place);
  context.log.info('layers.reading', { from: previous?.revision ?? 'nothing' });
  const built = await readFiles(files, previous, context);
  context.signal.throwIfAborted();
  if (notify === 'on') {
    const news = { place, revision, before: previous, now: built.contents };
    await tellMaintainers(news, context);
  }
  const index = await storeIndex(context.artifacts, place, { revision, contents: built.contents });
  const summary = summaryOf(built);
  context.log.info('layers.indexed', { revision, ...summary });
  context.progress(1, 'indexed');
  return { revision, ...summary, index };
}

async function readFiles(
  files: LayerFiles,
  previous: Awaited<ReturnType<typeof readIndex>>,
  { signal, log, progress }: TaskContext,
): Promise<BuiltIndex> {
  let lines = 0;
  return buildIndex({
    files,
    previous,
    onFile: (_path, at, of) => {
      signal.throwIfAborted();
      progress(0.3 + (0.6 * at) / of, `${at} of ${of} files`);
    },
    onProblem: (path, problems) => {
      for (const problem of problems) {
        lines += 1;
        if (lines <= MOST_PROBLEM_LINES) log.warn('layers.problem', { path, problem });
      }
    },
  });
}

function summaryOf({ contents, changes }: BuiltIndex) {
  const [recipes = 0, appends = 0, machines = 0, distros = 0, classes = 0] = PARTS.map(
    (part) => contents[part].length,
  );
  const skipped = contents.skipped.length;
  return { recipes, appends, machines, distros, classes, ...changes, skipped };
}
