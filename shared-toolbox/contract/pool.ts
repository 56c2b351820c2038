import { type ByteSize, describeMegabytes, parseByteSize } from './byteSize.ts';
import type { Compute } from './compute.ts';

/** What a worker's handlers run in: the process's own event loop, or threads that can be ended from outside. */
export type Pool = InlinePool | ThreadPool;

export interface InlinePool {
  readonly kind: 'inline';
}

export interface ThreadOptions {
  /**
   * Memory of one thread, its buffers included. An attempt that needs more is ended and has failed. From 32MB; all threads
   * together have to leave 128 MB of a container. It is looked at ten times a second: a single allocation that is larger than all
   * that the process may have still ends the process. Default `'256MB'`.
   */
  readonly maxMemory?: ByteSize;
  /** When a thread makes room for a new one, between two tasks, so that what leaks is given back. */
  readonly recycleAfter?: RecycleOptions;
}

/** When a thread makes room for a new one: at whichever of the two comes first. */
export interface RecycleOptions {
  /** Attempts that a thread runs at most. Whole number from 1. Default 1,000. */
  readonly tasks?: number;
  /** What a thread may still hold after a task. Less than `maxMemory`. Default: three quarters of it. */
  readonly memory?: ByteSize;
}

export interface ThreadPool {
  readonly kind: 'threads';
  readonly maxMemoryBytes: number;
  readonly recycleAfterTasks: number;
  readonly recycleAboveBytes: number;
}

/** Handlers that mostly wait, for the network or the disk: all in the process's own event loop. The default. */
export function inline(): InlinePool {
  return Object.freeze({ kind: 'inline' });
}

/**
 * Handlers that compute: each attempt has a thread of its own, as many as the worker's `concurrency`, so that none delays another or the
 * heartbeats. At the hard time limit the thread is ended, whatever it does, and five seconds after a cancel that it does not heed.
 * Nothing is checked before `defineWorker`, which tells all problems together.
 */
export function threads({
  maxMemory = '256MB',
  recycleAfter = {},
}: ThreadOptions = {}): ThreadPool {
  const maxMemoryBytes = parseByteSize(maxMemory);
  const { tasks = 1_000, memory } = recycleAfter;
  return Object.freeze({
    kind: 'threads',
    maxMemoryBytes,
    recycleAfterTasks: tasks,
    recycleAboveBytes: memory === undefined ? maxMemoryBytes * 0.75 : parseByteSize(memory),
  });
}

/** How many tasks a worker runs at once that does not say it: ten that wait, or one for each vCPU. */
export function usualConcurrency(pool: Pool, compute: Compute): number {
  if (pool.kind === 'inline' || compute.kind === 'lambda') return 10;
  return Math.max(1, Math.floor(compute.cpu / 1_024));
}

export interface Pooled {
  readonly pool: Pool;
  readonly compute: Compute;
  readonly concurrency: number;
}

export function poolProblems({ pool, compute, concurrency }: Pooled): string[] {
  if (pool.kind === 'inline') return [];
  if (compute.kind === 'lambda') {
    return [
      'pool: expected inline() with lambda(), because a function is frozen with its threads between two invocations, got threads(); ' +
        'choose fargate(), or inline()',
    ];
  }
  return [...threadProblems(pool), ...roomProblems(pool, concurrency, compute.memory)];
}

/** V8 and the SDK's own modules take about this much before a handler has begun. */
const LEAST_MEMORY_BYTES = 32 * 1_048_576;

function threadProblems(pool: ThreadPool): string[] {
  const { maxMemoryBytes, recycleAfterTasks, recycleAboveBytes } = pool;
  const problems: string[] = [];
  if (!(maxMemoryBytes >= LEAST_MEMORY_BYTES)) {
    problems.push(`pool.maxMemory: expected ${SIZE_FORM}, at least 32MB`);
  }
  if (!Number.isInteger(recycleAfterTasks) || recycleAfterTasks < 1) {
    problems.push(
      `pool.recycleAfter.tasks: expected a whole number from 1, got ${recycleAfterTasks}`,
    );
  }
  if (!(recycleAboveBytes > 0) || recycleAboveBytes >= maxMemoryBytes) {
    problems.push(`pool.recycleAfter.memory: expected ${SIZE_FORM}, less than maxMemory`);
  }
  return problems;
}

const SIZE_FORM = 'digits and one of MB, GB (such as "256MB")';

/** What the main thread needs beside the pool's. */
const MAIN_THREAD_BYTES = 128 * 1_048_576;

function roomProblems({ maxMemoryBytes }: ThreadPool, count: number, memory: number): string[] {
  const wantedBytes = maxMemoryBytes * count + MAIN_THREAD_BYTES;
  if (!(wantedBytes > memory * 1_048_576)) return [];
  return [
    `pool.maxMemory: expected ${count} threads of ${describeMegabytes(maxMemoryBytes)} and 128MB for the process to fit ` +
      `into compute.memory (${memory}MB); lower maxMemory or concurrency, or raise compute.memory`,
  ];
}
