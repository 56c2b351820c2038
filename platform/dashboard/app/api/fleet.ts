import type { DeadLetter } from '../../../deadLetters/index.ts';
import type { PeriodicView } from '../../../periodic/index.ts';
import type { QueueView } from '../../../queues/index.ts';
import type { workerSchema } from '../../../api/schemas/worker.ts';
import type { z } from 'zod';

export type { DeadLetter, PeriodicView, QueueView };

/** A worker as GET /api/workers shows it. */
export type WorkerView = z.output<typeof workerSchema>;

export type WorkerProcess = WorkerView['processes'][number];

export interface WorkersPage {
  readonly workers: readonly WorkerView[];
}

export interface QueuesPage {
  readonly queues: readonly QueueView[];
}

export interface LettersPage {
  readonly letters: readonly DeadLetter[];
  readonly cursor?: string;
}

export interface PeriodicPage {
  readonly periodic: readonly PeriodicView[];
}
