import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import type { Sent } from '../aws/index.ts';
import {
  type Breaker,
  type BreakerOptions,
  createBreaker,
  type OutageBoard,
} from '../breaker/index.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/index.ts';
import type { Outgoing } from './outgoing.ts';
import { publishMessages, type Topic } from './publishMessages.ts';

export interface TopicBreakerOptions extends Topic {
  readonly clock: Clock;
  /** When publishing counts as unavailable. Default: BREAKER_DEFAULTS. */
  readonly breaker?: Partial<BreakerOptions> | undefined;
  /** Where processes tell each other that the topic is away. */
  readonly board?: OutageBoard | undefined;
  /** Where the breaker says that it opened and closed. Default: nowhere. */
  readonly log?: Pick<Log, 'event'> | undefined;
}

const silent = { event: () => undefined };

/** Publishing behind a breaker; while it is open, the topic is asked for its attributes. */
export function topicBreaker(
  options: TopicBreakerOptions,
): Breaker<[readonly Outgoing[], number], Sent<void>[]> {
  const { sns, topicArn, clock, log = silent } = options;
  const probe = new GetTopicAttributesCommand({ TopicArn: topicArn });
  return createBreaker({
    name: 'topic',
    call: async (signal, entries: readonly Outgoing[], withinMs: number) =>
      publishMessages(options, entries, AbortSignal.any([signal, AbortSignal.timeout(withinMs)])),
    probe: async (abortSignal) => sns.send(probe, { abortSignal }),
    options: options.breaker,
    board: options.board,
    clock,
    log,
  });
}
