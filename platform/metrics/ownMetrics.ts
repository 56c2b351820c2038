import type { BreakerState } from '@taskfleet/toolbox/breaker';
import { bucketLimits } from '@taskfleet/toolbox/statistics';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What this process knows of itself. */
export interface OwnMetrics {
  readonly registry: Registry;
  /** A task's definition was kept so many milliseconds after its message was published. */
  trackedAfter(ms: number): void;
  /** From now on it is told whether these are open, by what each stands before. */
  watch(breakers: Readonly<Record<string, Pick<BreakerState, 'availability'>>>): void;
  answered(request: AnsweredRequest): void;
  /** So many listen to events. */
  listening(count: number): void;
  /** Whether something that every scrape reads could be read. */
  read(source: string, isKnown: boolean): void;
  /** From now on memory, CPU, event loop and the like are told too. Once in a process. */
  observeProcess(): void;
}

export interface AnsweredRequest {
  readonly method: string;
  /** As it was declared, without what was asked for. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
}

/** Answers come from the table within some ten milliseconds, or wait for something that is away. */
const ANSWER_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

const inSeconds = (ms: number) => ms / 1_000;

export function createOwnMetrics(): OwnMetrics {
  const registry = new Registry();
  const registers = [registry];
  const lag = new Histogram({
    name: 'taskfleet_tracker_lag_seconds',
    help: 'How long after a task was published this replica kept its definition.',
    buckets: bucketLimits().filter(Number.isFinite).map(inSeconds),
    registers,
  });
  const answers = new Histogram({
    name: 'taskfleet_http_request_duration_seconds',
    help: 'How long this replica took to answer. Streams of events are left out.',
    labelNames: ['method', 'route', 'status'],
    buckets: ANSWER_SECONDS,
    registers,
  });
  const listeners = new Gauge({
    name: 'taskfleet_event_listeners',
    help: 'Streams of events that are open at this replica.',
    registers,
  });
  const problems = new Counter({
    name: 'taskfleet_scrape_problems_total',
    help: 'Times that this replica could not read something of the fleet for a scrape.',
    labelNames: ['source'],
    registers,
  });
  const up = new Gauge({
    name: 'taskfleet_source_up',
    help: 'Whether this replica could read it last; what it could not read is left out.',
    labelNames: ['source'],
    registers,
  });
  return {
    registry,
    trackedAfter: (ms) => lag.observe(Math.max(0, inSeconds(ms))),
    watch: (breakers) => watchBreakers(registry, breakers),
    answered: ({ method, route, status, durationMs }) =>
      answers.observe({ method, route, status }, inSeconds(durationMs)),
    listening: (count) => listeners.set(count),
    read: (source, isKnown) => {
      up.set({ source }, Number(isKnown));
      problems.inc({ source }, Number(!isKnown));
    },
    observeProcess: () => collectDefaultMetrics({ register: registry }),
  };
}

type Watched = Parameters<OwnMetrics['watch']>[0];

function watchBreakers(registry: Registry, breakers: Watched): void {
  const open = new Gauge({
    name: 'taskfleet_breaker_open',
    help: '1 while this replica takes the topic or the table for gone.',
    labelNames: ['breaker'],
    registers: [registry],
    collect: () => {
      for (const [breaker, { availability }] of Object.entries(breakers)) {
        open.set({ breaker }, Number(!availability().available));
      }
    },
  });
}
