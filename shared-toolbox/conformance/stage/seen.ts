import { isOutage } from '../../breaker/index.ts';

/** What AWS said of a resource; `absent`: that there is none; `hidden`: nothing, because it refused to. */
export type Seen<T> =
  | { readonly kind: 'seen'; readonly value: T }
  | { readonly kind: 'absent' }
  | { readonly kind: 'hidden'; readonly reason: string };

/** How services say that a resource, or a part of it, is not there; SQS says it in two ways. */
const ABSENT = new Set([
  'QueueDoesNotExist',
  'AWS.SimpleQueueService.NonExistentQueue',
  'NotFoundException',
  'NotFound',
  'ResourceNotFoundException',
  'TableNotFoundException',
  'NoSuchBucket',
  'NoSuchLifecycleConfiguration',
  'NoSuchPublicAccessBlockConfiguration',
  'ServerSideEncryptionConfigurationNotFoundError',
]);

/** Without credentials that count, nothing at all can be said. */
const NOBODY =
  /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|InvalidAccessKeyId/;

/**
 * Looks at a resource. Rejects as the call does when the service did not answer, or does not know who asks: then a list of findings
 * would be a list of the same one.
 */
export async function look<T>(call: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { kind: 'seen', value: await call() };
  } catch (error) {
    if (!(error instanceof Error) || isOutage(error) || NOBODY.test(error.name)) throw error;
    if (ABSENT.has(error.name)) return { kind: 'absent' };
    return { kind: 'hidden', reason: reasonOf(error) };
  }
}

/** S3 answers a HEAD without a body, so that its SDK knows no more than the status. */
function reasonOf(error: Error): string {
  const isNameless = error.message === '' || error.message === 'UnknownError';
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return isNameless ? `${error.name} (HTTP status ${$metadata?.httpStatusCode})` : error.message;
}
