import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalStack } from '@taskfleet/infra/local';
import { startDispatcher } from '@taskfleet/platform/dispatcher';
import { systemClock } from '@taskfleet/toolbox/clock';
import { type TaskHandle, UnavailableError } from '@taskfleet/toolbox/contract';
import { createPublisher } from '@taskfleet/toolbox/schedule';
import { type ClientLinks, openClientLinks } from '../chaos/faults/clientLinks.ts';
import { count, countingFleet, countingImplementation } from '../fixtures/countingFleet.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import {
  clientsOf,
  quiet,
  resourcesOf,
  schedulerOn,
  serviceQueues,
  trackerOn,
  workerOn,
} from '../fixtures/startParts.ts';

export interface OutageOptions {
  readonly stack: Pick<LocalStack, 'endpoints' | 'outputs'>;
  readonly seconds: number;
  /** Schedules of each sort that arrive in that time, at equal distances. */
  readonly schedules: number;
  /** `refuses`: connections break at once; `hangs`: requests are taken and never answered. */
  readonly how: OutageKind;
}

export const OUTAGE_KINDS = ['refuses', 'hangs'] as const;
export type OutageKind = (typeof OUTAGE_KINDS)[number];

/** What callers saw of an outage, and what became of what they had asked for. Times in milliseconds. */
export interface OutageFigures {
  /** Calls without `durable`: how long each took to be refused. */
  readonly refusedMs: readonly number[];
  /** Calls with it: how long each took to be accepted. */
  readonly acceptedMs: readonly number[];
  /** Anything else that a call came to. */
  readonly surprises: readonly string[];
  /** From the end of the outage until the last accepted task had run. */
  readonly drainedMs: number;
  /** How often each accepted task ran. */
  readonly runs: readonly number[];
  readonly deadLetters: number;
}

/** Longer than the breaker's timeout, so that nobody learns of the outage by a connection that breaks. */
const HANGS_FOR_MS = 8_000;

const FAULTS = {
  refuses: { kind: 'reset', rate: 1, ms: 0 },
  hangs: { kind: 'halfOpen', rate: 1, ms: HANGS_FOR_MS },
} as const;

/** Takes the topic and the queues away from everybody for a while, and goes on scheduling. */
export async function outageRun(options: OutageOptions): Promise<OutageFigures> {
  const { stack, how } = options;
  await using links = await openLinks(stack);
  const away = { ...stack, endpoints: links.endpoints };
  const runs = new Map<string, number>();
  await using fleet = startFleet(away, (id) => runs.set(id, (runs.get(id) ?? 0) + 1));
  // Everything is up and connected when the outage begins.
  await (await fleet.schedule(count, { n: 0 })).result();

  const ends = [links.links.sns, links.links.sqs].map((link) => link.suffer(FAULTS[how]));
  const calls = await scheduleAll(fleet.schedule, options);
  for (const end of ends) end();

  const endedAt = performance.now();
  const accepted = calls.flatMap(({ handle }) => handle ?? []);
  await Promise.all(accepted.map(async (handle) => handle.result({ timeout: '5m' })));
  const drainedMs = performance.now() - endedAt;
  return {
    refusedMs: calls.flatMap(({ handle, surprise, tookMs }) => (handle || surprise ? [] : tookMs)),
    acceptedMs: calls.flatMap(({ handle, tookMs }) => (handle ? tookMs : [])),
    surprises: calls.flatMap(({ surprise }) => surprise ?? []),
    drainedMs,
    runs: accepted.map(({ id }) => runs.get(id) ?? 0),
    deadLetters: await deadLetters(stack),
  };
}

interface Call {
  readonly tookMs: number;
  /** Of a call that was accepted. */
  readonly handle?: TaskHandle;
  /** Of a call that ended in another way than it should. */
  readonly surprise?: string;
}

type Schedule = ReturnType<typeof schedulerOn>['schedule'];

async function scheduleAll(
  schedule: Schedule,
  { seconds, schedules }: OutageOptions,
): Promise<Call[]> {
  const calls: Promise<Call>[] = [];
  for (let n = 1; n <= 2 * schedules; n += 1) {
    calls.push(call(schedule, n, n % 2 === 0));
    await sleep((seconds * 1_000) / (2 * schedules));
  }
  return Promise.all(calls);
}

async function call(schedule: Schedule, n: number, durable: boolean): Promise<Call> {
  const askedAt = performance.now();
  const took = () => ({ tookMs: performance.now() - askedAt });
  try {
    const handle = await schedule(count, { n }, { durable });
    return durable ? { handle, ...took() } : { surprise: 'accepted without durable', ...took() };
  } catch (error) {
    const isRefusal = error instanceof UnavailableError && error.retryAfterMs > 0;
    return isRefusal && !durable ? took() : { surprise: String(error), ...took() };
  }
}

async function openLinks({
  endpoints,
}: OutageOptions['stack']): Promise<ClientLinks & AsyncDisposable> {
  const links = await openClientLinks('fleet', endpoints, '1');
  return { ...links, [Symbol.asyncDispose]: async () => links.close() };
}

function startFleet(stack: OutageOptions['stack'], onRun: (id: string) => void) {
  const clients = clientsOf(stack);
  const { topicArn, tableName } = resourcesOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName };
  const scheduler = schedulerOn(stack, clients);
  const implementation = countingImplementation((_n, { id }) => onRun(id));
  const worker = workerOn({ stack, clients, implementation });
  const tracker = trackerOn({ stack, clients, fleet: countingFleet });
  const common = { clock: systemClock, log: quiet, table };
  const publisher = createPublisher({ ...common, sns: clients.sns, topicArn });
  const dispatcher = startDispatcher({
    ...common,
    publisher,
    holder: 'bench',
  });
  return {
    schedule: scheduler.schedule,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([worker.stop(), tracker.stop(), dispatcher.stop()]);
      scheduler.close();
      publisher.close();
    },
  };
}

async function deadLetters(stack: OutageOptions['stack']): Promise<number> {
  const { sqs } = clientsOf(stack);
  const queues = ['counting', 'platform'].map((name) => serviceQueues(stack, name));
  const depths = queues.map(async ({ deadLetterQueueUrl }) => queueDepth(sqs, deadLetterQueueUrl));
  return (await Promise.all(depths)).reduce((sum, depth) => sum + depth, 0);
}
