import sharp from 'sharp';

/**
 * Sets sharp up for a process that does nothing but photos. It is global to the process, so only `main.ts` calls it.
 *
 * One thread a photo: the worker runs several photos at once already, and more threads would only fight for the cores
 * and multiply the memory. No cache: every photo is decoded once, and kept results would only look like a leak.
 */
export function tuneSharp(): void {
  sharp.concurrency(1);
  sharp.cache(false);
}
