import type { DeadLetter } from '../../../deadLetters/index.ts';
import type { PeriodicView } from '../../../periodic/index.ts';
import type { WorkerProcess } from '../../../signals/index.ts';
import type { Control } from '@taskfleet/toolbox/table';

export type { DeadLetter, PeriodicView, WorkerProcess };

/** A worker as GET /api/workers shows it. */
export interface WorkerView {
  readonly name: string;
  /** What it is told at present. */
  readonly wanted?: Pick<Control, 'wanted' | 'limits'>;
  readonly processes: readonly WorkerProcess[];
}

export interface WorkersPage {
  readonly workers: readonly WorkerView[];
}

export interface QueueView {
  readonly service: string;
  readonly queue: 'high' | 'normal' | 'low';
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  readonly oldestSeconds?: number;
  readonly deadLetters: number;
  readonly paused: boolean;
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
