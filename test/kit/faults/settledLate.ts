import type { SQSClient } from '@aws-sdk/client-sqs';
import type { LocalStack } from '@taskfleet/infra/local';
import { show } from '../showMessages.ts';
import type { Interceptor } from '../wire.ts';
import { workerOf } from './silence.ts';

export interface LateOptions {
  readonly sqs: SQSClient;
  readonly inspectQueue: LocalStack['inspectQueue'];
  readonly worker: string;
  /** Resolves when deletions that are held arrive. */
  readonly until: Promise<void>;
}

/**
 * Holds the deletions of a worker's messages back, and shows the messages again meanwhile, as if the visibility had ended before. The
 * deletion of what then comes again is not held.
 */
export function settledLate({ sqs, inspectQueue, worker, until }: LateOptions): Interceptor {
  const held = new Set<string>();
  return async ({ by, operation, input }, pass) => {
    if (workerOf(by) !== worker || operation !== 'DeleteMessageBatch') return pass();
    const queueUrl = String(input['QueueUrl']);
    const receipts = receiptsIn(input);
    const inFlight = inspectQueue(queueUrl).inFlight.filter(
      ({ body, receiptHandle }) => receipts.includes(receiptHandle) && !held.has(body),
    );
    if (inFlight.length === 0) return pass();
    for (const { body } of inFlight) held.add(body);
    await show(
      sqs,
      inFlight.map(({ receiptHandle }) => ({ queueUrl, receiptHandle })),
    );
    await until;
    return pass();
  };
}

function receiptsIn(input: Readonly<Record<string, unknown>>): string[] {
  const entries = (input['Entries'] ?? []) as { ReceiptHandle?: string }[];
  return entries.map(({ ReceiptHandle = '' }) => ReceiptHandle);
}
