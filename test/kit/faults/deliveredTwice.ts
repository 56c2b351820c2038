import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { idIn } from '../travel/queuesNow.ts';
import type { Observer } from '../wire.ts';
import { workerOf } from './silence.ts';

export interface TwiceOptions {
  readonly sqs: SQSClient;
  /** Whether the body of a message is meant. */
  readonly isMeant: (body: string) => boolean;
}

interface Received {
  readonly Body?: string;
  readonly Attributes?: { readonly MessageGroupId?: string };
}

/** Puts each message that is meant into its queue once more when it is received first: it comes again, as if its deletion had been lost. */
export function deliveredTwice({ sqs, isMeant }: TwiceOptions): Observer {
  const copied = new Set<string>();
  return async ({ by, operation, input }, answer) => {
    if (operation !== 'ReceiveMessage' || workerOf(by) === undefined) return;
    const { Messages = [] } = answer as { Messages?: readonly Received[] };
    for (const { Body = '', Attributes } of Messages) {
      const id = idIn(Body);
      if (!id || copied.has(id) || !isMeant(Body)) continue;
      copied.add(id);
      const copy = { MessageBody: Body, MessageDeduplicationId: `copy-of-${id}` };
      const place = {
        QueueUrl: String(input['QueueUrl']),
        MessageGroupId: Attributes?.MessageGroupId,
      };
      await sqs.send(new SendMessageCommand({ ...place, ...copy }));
    }
  };
}
