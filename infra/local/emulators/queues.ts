import { join } from 'node:path';
import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { allowAllCharacters } from './allowAllCharacters.ts';
import { allowRelease } from './allowRelease.ts';
import { takeDataFolder } from './dataFolder.ts';
import { type Emulator, type EmulatorOptions, LOOPBACK } from './emulator.ts';
import { listenOnLoopbackOnly } from './loopbackOnly.ts';
import { orderKeys } from './orderKeys.ts';

/** What is in a queue, seen without receiving it. */
export interface QueueContents {
  /** Bodies of the messages that nobody holds, and their groups; a group with a message in flight gives them to nobody. */
  readonly waiting: readonly QueuedMessage[];
  readonly inFlight: readonly (QueuedMessage & { readonly receiptHandle: string })[];
}

export interface QueuedMessage {
  readonly body: string;
  readonly groupId: string;
}

export interface QueuesEmulator extends Emulator {
  /** By the queue's URL. Nothing is in a queue that does not exist. */
  readonly inspect: (queueUrl: string) => QueueContents;
}

/**
 * Starts SNS, SQS and S3. With a data folder, queues and topics are kept in a database and objects as plain files, both
 * under `queues/`. Queue URLs name another host than the endpoint: set `useQueueUrlAsEndpoint: false` on clients. Throws
 * DataFolderInUseError.
 */
export async function startQueues({ port = 0, dataDir }: EmulatorOptions): Promise<QueuesEmulator> {
  listenOnLoopbackOnly();
  await allowAllCharacters();
  await orderKeys();
  using starting = new DisposableStack();
  const folder = dataDir === undefined ? undefined : takeDataFolder(dataDir, 'queues');
  starting.use(folder);
  const server = await startFauxqs({ port, logger: false, ...folders(folder?.path) });
  if (folder) allowRelease(folder.path);
  const held = starting.move();
  return {
    endpoint: `http://${LOOPBACK}:${server.port}`,
    inspect: (queueUrl) => contentsOf(server.inspectQueue(queueUrl.split('/').at(-1) ?? '')),
    stop: () => server.stop().finally(() => held.dispose()),
  };
}

type Inspected = ReturnType<FauxqsServer['inspectQueue']>;

function contentsOf(queue: Inspected): QueueContents {
  if (!queue) return { waiting: [], inFlight: [] };
  const { ready, inflight } = queue.messages;
  return {
    waiting: ready.map(({ body, messageGroupId: groupId = '' }) => ({ body, groupId })),
    inFlight: inflight.map(
      ({ message: { body, messageGroupId: groupId = '' }, receiptHandle }) => ({
        body,
        groupId,
        receiptHandle,
      }),
    ),
  };
}

function folders(path: string | undefined) {
  return path === undefined ? {} : { dataDir: path, s3StorageDir: join(path, 'objects') };
}
