import type { ArtifactBucket } from '../artifacts/index.ts';
import type { HeldMessage, Settlement } from '../consume/index.ts';
import { StoredValueError } from '../contract/index.ts';
import type { Log } from '../log/index.ts';
import { readValue } from '../offload/index.ts';
import type { Delivery } from './readDelivery.ts';

export interface FetchOptions {
  readonly bucket: ArtifactBucket;
  readonly log: Log;
  /** Aborts when the grace period of a stopping worker is over. */
  readonly stopping: AbortSignal;
}

/** Long enough that a bucket that is away for hours brings no message to its last receive. */
const FETCH_AGAIN_AFTER_SECONDS = 30;

/**
 * The delivery with its input, before anything is claimed: a bucket that is away costs no attempt. An input that is gone for good
 * is told by the delivery, so that the attempt is claimed and fails. Never rejects.
 */
export async function fetchInput(
  { bucket, log, stopping }: FetchOptions,
  held: HeldMessage,
  delivery: Delivery,
): Promise<Delivery | Settlement> {
  const { inputAt, inputBytes: _bytes, ...message } = delivery.message;
  if (inputAt === undefined) return delivery;
  try {
    const signal = AbortSignal.any([held.signal, stopping]);
    const stored = { id: message.id, part: 'input', key: inputAt, signal } as const;
    return { ...delivery, message: { ...message, input: await readValue(bucket, stored) } };
  } catch (error) {
    if (error instanceof StoredValueError) return { ...delivery, unreadable: error };
    if (stopping.aborted) return { kind: 'return' };
    log.event('input.failed', { error: String(error) });
    return { kind: 'hide', seconds: FETCH_AGAIN_AFTER_SECONDS };
  }
}
