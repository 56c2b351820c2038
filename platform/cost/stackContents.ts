import { type Fleet, queuesOf, type Worker } from '@taskfleet/toolbox/contract';
import { sum } from './quantity.ts';

/** What runs the platform: units of CPU, 1,024 to the vCPU, and MiB. */
export const PLATFORM_CONTAINERS = { count: 1, cpu: 256, memory: 512 } as const;

/** Interface endpoints of the stage's own network, and the zones that each is in. */
export const ENDPOINTS = { count: 5, zones: 2 } as const;

export const DASHBOARDS = 1;

export interface StackContents {
  /** Of the topic: the platform's queue and all of the workers'. */
  readonly subscriptions: number;
  /** Dead-letter queues, which the platform watches. */
  readonly deadLetterQueues: number;
  /** Metrics that alarms look at: one on a sum of three counts as three. */
  readonly alarmMetrics: number;
  /** Counted from logs. */
  readonly customMetrics: number;
}

/** Of each service: the age of its oldest message; its dead letters, visible and hidden; its breaker. */
const OF_SERVICE = { alarmMetrics: 4, customMetrics: 1 } as const;

/** The platform's dispatcher; the table's refusals of reads and of writes. */
const OF_STAGE = { alarmMetrics: 3, customMetrics: 1 } as const;

/** Of each worker: its failed and its succeeded tasks. */
const OF_WORKER = { alarmMetrics: 2, customMetrics: 2 } as const;

/**
 * Target tracking makes two alarms, one for each direction, of the two metrics that it tracks
 * (docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html).
 */
const TRACKED_ALARM_METRICS = 4;

/** Waiting messages, and whether something runs. */
const FIRST_CONTAINER_ALARM_METRICS = 2;

/** What the stack of a fleet has, as far as it is billed by its number. Held against the synthesized template by test/cost. */
export function stackContents({ workers }: Fleet): StackContents {
  const services = workers.length + 1;
  const queues = workers.flatMap(queuesOf).length;
  // Of a worker's further queues each has an alarm on its oldest message.
  const scaling = sum(workers.map(scalingAlarmMetrics)) + queues - workers.length;
  const countOf = (kind: 'alarmMetrics' | 'customMetrics') =>
    services * OF_SERVICE[kind] + OF_STAGE[kind] + workers.length * OF_WORKER[kind];
  return {
    subscriptions: queues + 1,
    deadLetterQueues: services,
    alarmMetrics: countOf('alarmMetrics') + scaling,
    customMetrics: countOf('customMetrics'),
  };
}

function scalingAlarmMetrics(worker: Worker): number {
  const { compute } = worker;
  if (compute.kind === 'lambda') return 0;
  const further = queuesOf(worker).length - 1;
  const first = compute.scale.min === 0 ? FIRST_CONTAINER_ALARM_METRICS + further : 0;
  return TRACKED_ALARM_METRICS + 2 * further + first;
}
