import { createHash } from 'node:crypto';
import { setInterval } from 'node:timers/promises';
import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { type Clone, discardClone } from './clones.ts';
import { fetchFailure, GitError } from './errors.ts';
import { runGit } from './git.ts';
import { isEmptyClone, markBusy, unmarkBusy } from './marks.ts';
import { sizeOfFolder } from './sizeOfFolder.ts';

/** How often a clone that grows is measured. */
const MEASURE_EVERY_MS = 250;

/** Thrown for a clone that has become larger than the worker allows. */
class CloneTooLargeError extends NonRetryableError {}

/**
 * Fetches the newest commit of a branch, without its history, and returns it. Throws NonRetryableError for what a person has to
 * mend, and other errors for what may be over soon.
 */
export async function fetchBranch(clone: Clone, branch: string): Promise<string> {
  try {
    return await fetchInto(clone, branch);
  } catch (error) {
    const isGrown = error instanceof CloneTooLargeError && error.cause === 'was there';
    if (!isGrown) throw fetchFailure(error, clone.url, branch);
  }
  // Fetch after fetch has made it large; a new one has the newest commit alone.
  await discardClone(clone.folder);
  return fetchInto(clone, branch).catch((error: unknown) => {
    throw fetchFailure(error, clone.url, branch);
  });
}

async function fetchInto(clone: Clone, branch: string): Promise<string> {
  const { folder, url } = clone;
  // Names of branches can be in each other's way as files: `a` and `a/b`.
  const ref = `refs/taskfleet/${createHash('sha256').update(branch).digest('hex').slice(0, 40)}`;
  const isNew = await isEmptyClone(folder);
  await markBusy(folder);
  try {
    if (isNew) await runGit(clone, ['init', '--bare', '--quiet', '--template=', '.']);
    const flags = ['--depth=1', '--no-tags', '--no-recurse-submodules', '--force', '--quiet'];
    const args = ['fetch', ...flags, '--', url, `+refs/heads/${branch}:${ref}`];
    await withinSize(clone, isNew, async (watched) => runGit(watched, args));
  } catch (error) {
    // It has ended by itself and left everything in order. One that was killed has not, and the mark stays.
    if (error instanceof GitError && !isNew) await unmarkBusy(folder);
    throw error;
  }
  await unmarkBusy(folder);
  const revision = await runGit(clone, ['rev-parse', '--verify', `${ref}^{commit}`]);
  return revision.toString().trim();
}

/** Measures the clone while it grows, and kills git when it has become too large. */
async function withinSize(
  clone: Clone,
  isNew: boolean,
  fetch: (clone: Clone) => Promise<unknown>,
): Promise<void> {
  const tooLarge = new AbortController();
  const done = new AbortController();
  const check = async () => {
    const bytes = await sizeOfFolder(clone.folder);
    if (bytes > clone.mostBytes) tooLarge.abort(cloneTooLarge(clone, isNew));
  };
  const watch = async () => {
    const ticks = setInterval(MEASURE_EVERY_MS, undefined, { signal: done.signal });
    for await (const _ of ticks) await check();
  };
  const watching = watch().catch(() => undefined);
  const signal = AbortSignal.any([clone.signal, tooLarge.signal]);
  try {
    await fetch({ ...clone, signal });
  } finally {
    done.abort();
    await watching;
  }
  await check();
  tooLarge.signal.throwIfAborted();
}

function cloneTooLarge({ url, mostBytes }: Clone, isNew: boolean): CloneTooLargeError {
  const megabytes = Math.floor(mostBytes / 1_000_000);
  return new CloneTooLargeError(`expected ${url} to have at most ${megabytes} MB, got more`, {
    cause: isNew ? 'is new' : 'was there',
  });
}
