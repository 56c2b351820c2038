import type { Sample } from './sample.ts';

/** A metric that is the same whichever replica is asked: its facts are in the table and in SQS. */
export interface Family {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
}

/** Everything that is known of the fleet, by name. docs/metrics.md has the labels, and what to ask. */
export const FAMILIES = {
  taskfleet_tasks_scheduled_total: {
    type: 'counter',
    help: 'Tasks that the platform has seen scheduled.',
  },
  taskfleet_tasks_total: { type: 'counter', help: 'Tasks that ended, by the state they ended in.' },
  taskfleet_attempts_retried_total: {
    type: 'counter',
    help: 'Attempts that failed and are followed by another.',
  },
  taskfleet_attempt_duration_seconds: {
    type: 'histogram',
    help: 'How long attempts ran, from their claim to their end. There is no sum: times are counted in buckets.',
  },
  taskfleet_task_wait_seconds: {
    type: 'histogram',
    help: 'How long tasks waited, from when they were published to their first claim. There is no sum.',
  },
  taskfleet_queue_messages: {
    type: 'gauge',
    help: 'Messages in a queue, by what becomes of them: visible ones wait. SQS counts nearly.',
  },
  taskfleet_queue_oldest_seconds: {
    type: 'gauge',
    help: 'For how long at most the oldest message of a service has waited, to a minute; 0 when none waits.',
  },
  taskfleet_dead_letters: {
    type: 'gauge',
    help: 'Messages in the dead-letter queue of a service.',
  },
  taskfleet_worker_paused: {
    type: 'gauge',
    help: '1 while all processes of a worker are told to begin nothing new.',
  },
  taskfleet_worker_processes: {
    type: 'gauge',
    help: 'Processes of a worker, by state; lost ones have not been heard for too long.',
  },
  taskfleet_worker_slots: {
    type: 'gauge',
    help: 'Tasks that the processes of a worker may run at once, lost ones left out.',
  },
  taskfleet_worker_tasks_running: {
    type: 'gauge',
    help: 'Tasks that run in the processes of a worker, lost ones left out.',
  },
  taskfleet_due_lag_seconds: {
    type: 'gauge',
    help: 'For how long the first of what is due, and not published, has been so; 0 when nothing is.',
  },
} as const satisfies Record<string, Family>;

export type FamilyName = keyof typeof FAMILIES;

/** What was read; a family that is left out is not known at present. */
export type FleetSamples = Partial<Record<FamilyName, readonly Sample[]>>;
