import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { createDeadLetters, type RunningWatcher } from '@taskfleet/platform/dead-letters';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { Handlers, TaskId } from '@taskfleet/toolbox/contract';
import { recordDead, recordRedriven } from '@taskfleet/toolbox/table';
import { expect, vi } from 'vitest';
import { memoryLog } from '../../shared-toolbox/testing/memoryLog.ts';
import { noteRedriven, requestRedrive } from '../../platform/deadLetters/changeEntry.ts';
import { readEntry } from '../../platform/deadLetters/keepEntry.ts';
import { hide } from '../../platform/deadLetters/letterQueue.ts';
import { queueDepth } from '../fixtures/queueDepth.ts';
import type { echoWorker } from './sampleFleet.ts';
import { newId, startPlatformUnderTest } from './startPlatformUnderTest.ts';

/** A platform with a watcher, and what tests of dead letters do with it. */
export type Graveyard = Awaited<ReturnType<typeof startGraveyard>>;

export async function startGraveyard() {
  const platform = await startPlatformUnderTest();
  const { clients, table, queues } = platform;
  const logged = memoryLog();
  const running = new Set<{ stop(): Promise<void> }>();
  const deadLetters = createDeadLetters({
    sqs: clients.sqs,
    table,
    queues: () => queues,
    clock: systemClock,
  });
  const urlsOf = (service: string) => queues.get(service)!;
  const stopLater = <S extends { stop(): Promise<void> }>(started: S): S => {
    running.add(started);
    return started;
  };
  return {
    ...platform,
    deadLetters,
    urlsOf,
    /** Log lines of one event, of all watchers. */
    logged: (event: string) => logged.of(event),
    watch: (): RunningWatcher => stopLater(platform.startWatcher(logged.log)),
    work: (handlers: Partial<Handlers<typeof echoWorker>> = {}) =>
      stopLater(
        platform.startEcho({
          'echo.say': ({ text, times }) => ({ said: text.repeat(times) }),
          'echo.ask': ({ children }) => ({ asked: children }),
          ...handlers,
        }),
      ),
    /** Puts a body into a service's queue, past the topic. */
    deliver: async (body: string, groupId: string = newId(), service = 'echo') =>
      send(urlsOf(service).queueUrl, body, groupId),
    /** Puts a body among a service's dead letters, as if its worker had. */
    bury: async (body: string, groupId: string = newId(), reason = 'because') =>
      send(urlsOf('echo').deadLetterQueueUrl, body, groupId, reason),
    /** Receives whatever is visible in the worker's queue until it is among the dead letters. */
    receiveToDeath: async () => {
      const { queueUrl, deadLetterQueueUrl } = urlsOf('echo');
      const died = (await queueDepth(clients.sqs, deadLetterQueueUrl)) + 1;
      const receive = { QueueUrl: queueUrl, VisibilityTimeout: 0, WaitTimeSeconds: 0 };
      while ((await queueDepth(clients.sqs, deadLetterQueueUrl)) < died) {
        for (let i = 0; i < 20; i += 1) await clients.sqs.send(new ReceiveMessageCommand(receive));
      }
    },
    dead: async (service = 'echo') => queueDepth(clients.sqs, urlsOf(service).deadLetterQueueUrl),
    /** The letter with this id, once the watcher has recorded it. */
    letter: async (id: string) =>
      vi.waitFor(async () => (await deadLetters.get(id)).letter, { timeout: 10_000 }),
    /** Ids of a service's letters, once there are so many. */
    letters: async (count: number, service = 'echo') =>
      vi.waitFor(
        async () => {
          const { letters } = await deadLetters.list({ service, limit: 500 });
          expect(letters).toHaveLength(count);
          return letters;
        },
        { timeout: 10_000 },
      ),
    /** The receipt by which the hidden letter can be reached; the watcher notes another each time it sees it. */
    receiptOf,
    /** Makes the hidden letter visible. */
    show: async (id: TaskId) => {
      const { deadLetterQueueUrl } = urlsOf('echo');
      const show = { receiptHandle: (await receiptOf(id)) ?? '', seconds: 0 };
      await hide(clients.sqs, deadLetterQueueUrl, show);
    },
    /** What a watcher leaves that is killed once it has said that a task is dead. */
    killAfterRecord: async (id: TaskId) => {
      const times = { now: Date.now(), createdAt: Date.now(), retentionMs: 60_000 };
      await recordDead(table, { id, reason: 'because', met: undefined, ...times });
    },
    /** What a watcher leaves that is killed before its last step of a redrive. */
    redriveWithoutDelete: async (id: TaskId) => {
      const entry = await readEntry(table, id);
      if (!entry) throw new Error(`no letter ${id}`);
      await requestRedrive(table, entry);
      await recordRedriven(table, id);
      await noteRedriven(table, entry, Date.now());
    },
    stop: async () => {
      await Promise.all([...running].map(async (started) => started.stop()));
      await platform.stop();
    },
  };

  async function receiptOf(id: TaskId): Promise<string | undefined> {
    return vi.waitFor(async () => {
      const receipt = (await readEntry(table, id))?.receipt;
      expect(receipt).toBeDefined();
      return receipt;
    }, 10_000);
  }

  async function send(QueueUrl: string, body: string, groupId: string, reason?: string) {
    await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: body,
        MessageGroupId: groupId,
        MessageDeduplicationId: newId(),
        ...(reason !== undefined && {
          MessageAttributes: { reason: { DataType: 'String', StringValue: reason } },
        }),
      }),
    );
  }
}
