import { PLATFORM_WRITER } from '@taskfleet/toolbox/statistics';
import type { QueueView } from '../queues/index.ts';
import type { WorkerProcess } from '../signals/index.ts';
import type { FleetSamples } from './families.ts';

/** What is in the queues. */
export function queueSamples(queues: readonly QueueView[], now: number): FleetSamples {
  const messages = queues.flatMap(({ service, queue, visible, inFlight, delayed }) =>
    Object.entries({ visible, in_flight: inFlight, delayed }).map(([state, value]) => ({
      labels: { service, queue, state },
      value,
    })),
  );
  const services = [...new Map(queues.map((view) => [view.service, view])).values()];
  return {
    taskfleet_queue_messages: messages,
    taskfleet_queue_oldest_seconds: services.flatMap(({ service, oldestAt }) => {
      const waits = queues.some((view) => view.service === service && view.visible > 0);
      if (waits && oldestAt === null) return [];
      return [{ labels: { service }, value: (now - (oldestAt ?? now)) / 1_000 }];
    }),
    taskfleet_dead_letters: services.map(({ service, deadLetters }) => ({
      labels: { service },
      value: deadLetters,
    })),
    taskfleet_worker_paused: services
      .filter(({ service }) => service !== PLATFORM_WRITER)
      .map(({ service: worker, paused }) => ({ labels: { worker }, value: Number(paused) })),
  };
}

const STATES = ['running', 'paused', 'stopping', 'lost'] as const;

const stateOf = ({ lost, state }: WorkerProcess) => (lost ? 'lost' : state);

/** Who runs tasks, of these workers. */
export function workerSamples(
  workers: readonly string[],
  processes: readonly WorkerProcess[],
): FleetSamples {
  const of = (worker: string) => processes.filter((process) => process.worker === worker);
  const alive = (worker: string) => of(worker).filter(({ lost }) => !lost);
  const sumOf = (of: 'concurrency' | 'running') =>
    workers.map((worker) => ({
      labels: { worker },
      value: alive(worker).reduce((sum, process) => sum + process[of], 0),
    }));
  return {
    taskfleet_worker_processes: workers.flatMap((worker) =>
      STATES.map((state) => ({
        labels: { worker, state },
        value: of(worker).filter((process) => stateOf(process) === state).length,
      })),
    ),
    taskfleet_worker_slots: sumOf('concurrency'),
    taskfleet_worker_tasks_running: sumOf('running'),
  };
}
