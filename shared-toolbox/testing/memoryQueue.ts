import { setImmediate as turn } from 'node:timers/promises';
import type { QueueClient, ReceivedMessage } from '../consume/index.ts';

/** What was asked of the queue: the verb, the message's body, and the seconds or the reason. */
export type QueueCall = readonly [verb: string, body: string, detail?: number | string];

export interface MemoryQueue extends QueueClient {
  readonly calls: readonly QueueCall[];
  /** The next receive, or the one under way, answers with these. */
  give(...messages: ReceivedMessage[]): void;
  /** The next receive, or the one under way, rejects. */
  fail(error: Error): void;
  /** Set it to make deletes and visibility changes reject. */
  refusal: Error | undefined;
  /** Receives so far, and the most that each asked for. */
  readonly receives: readonly number[];
  /** Answers the poll under way, and from then on every one, with nothing. */
  endPolls(): void;
}

type Answer = () => ReceivedMessage[];

/** A queue by hand: a receive waits until it is given an answer. */
export function memoryQueue(): MemoryQueue {
  const calls: QueueCall[] = [];
  const receives: number[] = [];
  const answers: Answer[] = [];
  const waiting: PromiseWithResolvers<void>[] = [];
  let ended = false;

  const push = (answer: Answer) => {
    answers.push(answer);
    waiting.shift()?.resolve();
  };
  const note = async (call: QueueCall) => {
    await turn();
    if (queue.refusal) throw queue.refusal;
    calls.push(call);
  };
  const queue: MemoryQueue = {
    calls,
    receives,
    refusal: undefined,
    give: (...messages) => push(() => messages),
    fail: (error) =>
      push(() => {
        throw error;
      }),
    endPolls: () => {
      ended = true;
      waiting.shift()?.resolve();
    },
    receive: async (maximum) => {
      receives.push(maximum);
      await turn();
      if (answers.length === 0 && !ended) {
        const answered = Promise.withResolvers<void>();
        waiting.push(answered);
        await answered.promise;
      }
      return answers.shift()?.() ?? [];
    },
    delete: async ({ body }) => note(['delete', body]),
    changeVisibility: async ({ body }, seconds) => note(['changeVisibility', body, seconds]),
    deadLetter: async ({ body }, reason) => note(['deadLetter', body, reason]),
  };
  return queue;
}

/** A message whose body also names it. */
export function messageIn(groupId: string, body: string): ReceivedMessage {
  return {
    body,
    groupId,
    receiptHandle: `receipt ${body}`,
    deduplicationId: body,
    receiveCount: 1,
  };
}
