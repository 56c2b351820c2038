import { DeleteMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';

const changes = z.looseObject({
  QueueUrl: z.string(),
  Entries: z.array(
    z.object({ Id: z.string(), ReceiptHandle: z.string(), VisibilityTimeout: z.int() }),
  ),
});

const NOTHING_FAILED = { output: { $metadata: {}, Successful: [], Failed: [] }, response: {} };

/** Breaks a guard on purpose: a message that is to be visible to others at once is gone instead. */
export function deleteWhatIsReturned(sqs: SQSClient): void {
  sqs.middlewareStack.add(
    (next) => async (request) => {
      const parsed = changes.safeParse(request.input);
      if (!parsed.success) return next(request);
      const { QueueUrl } = parsed.data;
      const isReturned = (entry: { VisibilityTimeout: number }) => entry.VisibilityTimeout === 0;
      const returned = parsed.data.Entries.filter(isReturned);
      const others = parsed.data.Entries.filter((entry) => !isReturned(entry));
      if (returned.length > 0) {
        const Entries = returned.map(({ Id, ReceiptHandle }) => ({ Id, ReceiptHandle }));
        await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      }
      if (others.length === 0) return NOTHING_FAILED;
      return next({ ...request, input: { ...request.input, Entries: others } });
    },
    { step: 'initialize', name: 'deleteWhatIsReturned' },
  );
}
