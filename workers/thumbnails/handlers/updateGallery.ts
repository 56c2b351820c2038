import type {
  Artifacts,
  ArtifactRef,
  Handler,
  StoredArtifact,
  TaskContext,
} from '@taskfleet/toolbox/contract';
import * as contract from '../contract.ts';
import { PICTURE_TYPE } from '../images/renderThumbnail.ts';
import type { Size } from '../images/sizes.ts';
import { inBatches } from './inBatches.ts';
import { galleryFolder, keptFolder, photosOf, REFUSAL_FILE } from './thumbnailFolder.ts';

/** Photos that are looked at before what is missing of them is scheduled, ten to a request. */
const AT_ONCE = 200;

/** Lines about photos that can be no thumbnails; how many there are, the output says. */
const MOST_LINES = 20;

/** Compares what is there with what should be. Whoever changes one of the two has its turn before or after, as the group has an order. */
export function updateGallery(sizes: readonly Size[]): Handler<typeof contract.updateGallery> {
  return async ({ gallery }, context) => {
    const startedAt = performance.now();
    const { artifacts, signal, log, progress, creator } = context;
    // Before the photos: what is made of one that comes in between is not taken for what has lost its photo.
    const left = await foldersOf(gallery, artifacts);
    const counts = { photos: 0, scheduled: 0, refused: 0 };
    for await (const photos of inBatches(artifacts.list(photosOf(gallery)), AT_ONCE)) {
      signal.throwIfAborted();
      const missing: Wanted[] = [];
      for (const photo of photos) {
        const folder = keptFolder(gallery, photo, sizes);
        const state = stateOf(left.get(folder), sizes);
        left.delete(folder);
        if (state === 'missing') missing.push({ photo: photo.ref, folder });
        if (state === 'refused') sayRefused(log, (counts.refused += 1), photo.ref, folder);
      }
      counts.scheduled += await scheduleAll(gallery, missing, context);
      counts.photos += photos.length;
      progress(0.5, `${counts.photos} photos, ${counts.scheduled} scheduled`);
    }
    signal.throwIfAborted();
    await artifacts.remove([...left.values()].flatMap((files) => Array.from(files.values())));
    const output = { ...counts, removed: left.size };
    const durationMs = Math.round(performance.now() - startedAt);
    log.info('gallery.updated', { creator, gallery, ...output, durationMs });
    return output;
  };
}

/** Files by their names in the folder. */
type Files = Map<string, ArtifactRef>;

/** What is stored of the gallery's thumbnails, by folder. */
async function foldersOf(gallery: string, artifacts: Artifacts): Promise<Map<string, Files>> {
  const root = galleryFolder(gallery);
  const own = `artifact:${contract.thumbnailsWorker.name}/` as const;
  const folders = new Map<string, Files>();
  for await (const { ref } of artifacts.list(`${own}${root}`)) {
    const name = ref.slice(own.length);
    const folder = name.slice(0, name.lastIndexOf('/'));
    // What is beside the folders is of something else.
    if (folder.length < root.length) continue;
    const files = folders.get(folder) ?? new Map<string, ArtifactRef>();
    folders.set(folder, files.set(name.slice(folder.length + 1), ref));
  }
  return folders;
}

function stateOf(
  files: Files = new Map<string, ArtifactRef>(),
  sizes: readonly Size[],
): 'made' | 'refused' | 'missing' {
  if (sizes.every(({ name }) => files.has(`${name}.${PICTURE_TYPE.extension}`))) return 'made';
  return files.has(REFUSAL_FILE) ? 'refused' : 'missing';
}

interface Wanted {
  readonly photo: StoredArtifact['ref'];
  readonly folder: string;
}

/**
 * Resolves to how many did not wait already. Two tasks for a gallery can both have their turns before what the first one schedules: `once` is
 * for that. An attempt of this one that was stopped has scheduled the same ids.
 */
async function scheduleAll(
  gallery: string,
  wanted: readonly Wanted[],
  { scheduleMany, idempotencyKey, subject }: TaskContext,
): Promise<number> {
  const inputs = wanted.map(({ photo, folder }) => ({ gallery, photo, once: folder }));
  const handles = await scheduleMany(contract.createThumbnails, inputs, (_input, at) => ({
    subject: subject ?? `gallery/${gallery}`,
    idempotencyKey: `${idempotencyKey}/${wanted[at]?.folder}`,
  }));
  return handles.filter(({ isDuplicate }) => !isDuplicate).length;
}

function sayRefused(
  log: TaskContext['log'],
  count: number,
  photo: ArtifactRef,
  folder: string,
): void {
  if (count > MOST_LINES) return;
  const why = `artifact:${contract.thumbnailsWorker.name}/${folder}/${REFUSAL_FILE}`;
  log.warn('photo.refused', { photo, why });
}
