import { setTimeout as sleep } from 'node:timers/promises';

export interface QuietOptions {
  /** Whether there is nothing left to do. A rejection counts as no. */
  readonly isQuiet: () => Promise<boolean>;
  readonly withinMs: number;
}

const LOOK_EVERY_MS = 500;

/** A message between two queues is in neither: only so many quiet looks in a row are believed. */
const LOOKS = 3;

/** Resolves when it has been quiet for a while, or to false when it has not become so in time. */
export async function waitUntilQuiet({ isQuiet, withinMs }: QuietOptions): Promise<boolean> {
  const endsAt = performance.now() + withinMs;
  for (let quiet = 0; performance.now() < endsAt; await sleep(LOOK_EVERY_MS)) {
    quiet = (await isQuiet().catch(() => false)) ? quiet + 1 : 0;
    if (quiet === LOOKS) return true;
  }
  return false;
}
