import type { Clients } from '../aws/index.ts';
import type { Clock } from '../clock.ts';
import { type Consumer, sqsQueue, startConsumer } from '../consume/index.ts';
import type { WorkerImplementation } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import { createScheduler } from '../schedule/index.ts';
import { WorkerStoppingError } from './errors.ts';
import { handleMessage } from './handleMessage.ts';

export interface StartWorkerOptions {
  readonly implementation: WorkerImplementation;
  readonly clients: Clients;
  readonly resources: WorkerResources;
  readonly clock: Clock;
  readonly log: Log;
  /** Names this process in records, such as its host and process id. */
  readonly holder: string;
  readonly pollSeconds: number;
  /** How long running tasks may go on after `stop()`. */
  readonly graceSeconds: number;
}

/** What the stack made for this worker. */
export interface WorkerResources {
  readonly topicArn: string;
  readonly tableName: string;
  readonly bucketName: string;
  readonly queueUrl: string;
  readonly deadLetterQueueUrl: string;
}

export interface RunningWorker {
  /** Takes nothing new, returns what was not begun, and resolves when the running tasks have ended or were released. */
  stop(): Promise<void>;
}

export function startWorker(options: StartWorkerOptions): RunningWorker {
  const { implementation, clock, log, graceSeconds } = options;
  const { name, tasks, concurrency, leaseSeconds } = implementation.worker;
  const grace = new AbortController();
  const handling = handleOptions(options, grace.signal);
  const consumer = startConsumer({
    queue: queueOf(options),
    leaseSeconds,
    concurrency,
    handle: async (held) => handleMessage(handling, held),
    clock,
    log,
  });
  const taskNames = tasks.map((task) => String(task.name));
  log.event('worker.started', { worker: name, tasks: taskNames, concurrency });
  return { stop: async () => stopWorker({ consumer, grace, graceSeconds, log }) };
}

function queueOf({ clients, resources, implementation, pollSeconds }: StartWorkerOptions) {
  const { queueUrl, deadLetterQueueUrl } = resources;
  const { leaseSeconds } = implementation.worker;
  return sqsQueue({ sqs: clients.sqs, queueUrl, deadLetterQueueUrl, leaseSeconds, pollSeconds });
}

function handleOptions(options: StartWorkerOptions, stopping: AbortSignal) {
  const { implementation, clients, resources, clock, log, holder } = options;
  const table = { dynamodb: clients.dynamodb, tableName: resources.tableName };
  const bucket = { s3: clients.s3, bucketName: resources.bucketName };
  const { topicArn } = resources;
  const scheduler = createScheduler({ sns: clients.sns, topicArn, table, clock });
  return { implementation, table, bucket, scheduler, clock, log, holder, stopping };
}

interface Stopping {
  readonly consumer: Consumer;
  readonly grace: AbortController;
  readonly graceSeconds: number;
  readonly log: Log;
}

async function stopWorker({ consumer, grace, graceSeconds, log }: Stopping): Promise<void> {
  log.event('worker.stopping', { running: consumer.running });
  const end = () => grace.abort(new WorkerStoppingError('the worker stops and its grace is over'));
  const timer = setTimeout(end, graceSeconds * 1_000);
  await consumer.stop();
  clearTimeout(timer);
  log.event('worker.stopped', { abandoned: grace.signal.aborted ? 1 : 0 });
}
