import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { isRefusal } from '@taskfleet/toolbox/consume';
import type { WireAnswer, WireRequest } from './wire.ts';

/** A message in flight. */
export interface Receipt {
  readonly queueUrl: string;
  readonly receiptHandle: string;
}

/** Has messages be received again, as if their visibility had ended. */
export async function show(sqs: SQSClient, receipts: readonly Receipt[]): Promise<void> {
  await Promise.all(
    receipts.map(async ({ queueUrl: QueueUrl, receiptHandle: ReceiptHandle }) => {
      const change = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
      await sqs.send(new ChangeMessageVisibilityCommand(change)).catch((error: unknown) => {
        // It is visible already, or somebody else's.
        if (!isRefusal(error)) throw error;
      });
    }),
  );
}

/** Shows what a receive has brought to others. */
export async function giveBack(
  sqs: SQSClient,
  { operation, input }: WireRequest,
  answer: WireAnswer,
): Promise<void> {
  if (operation !== 'ReceiveMessage') return;
  const { Messages = [] } = answer as { Messages?: { ReceiptHandle?: string }[] };
  const queueUrl = String(input['QueueUrl']);
  await show(
    sqs,
    Messages.map(({ ReceiptHandle = '' }) => ({ queueUrl, receiptHandle: ReceiptHandle })),
  );
}
