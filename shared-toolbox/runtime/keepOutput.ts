import type { ArtifactBucket } from '../artifacts/index.ts';
import { type Json, OFFLOAD_ABOVE_BYTES, outputKey } from '../contract/index.ts';
import { putValue } from '../offload/index.ts';
import type { KeptOutput } from '../table/index.ts';
import type { Attempt } from './attempt.ts';
import { WorkerStoppingError } from './errors.ts';

/** Resolves to what the record is to say of the output. Rejects with the SDK's errors when the bucket did not take it. */
export type KeepOutput = (output: Json) => Promise<KeptOutput>;

/** Keeps an attempt's output in its record, or a large one in the bucket: put there once, however often the record is tried. */
export function outputKeeper(bucket: ArtifactBucket, attempt: Attempt): KeepOutput {
  let kept: KeptOutput | undefined;
  return async (output) => (kept ??= await keepOutput(bucket, attempt, output));
}

async function keepOutput(
  bucket: ArtifactBucket,
  { message: { id, ignoreResult }, task, token, signal }: Attempt,
  output: Json,
): Promise<KeptOutput> {
  if (ignoreResult) return {};
  const text = JSON.stringify(output);
  const outputBytes = Buffer.byteLength(text);
  if (outputBytes <= OFFLOAD_ABOVE_BYTES) return { output };
  const outputAt = outputKey(task, id, token);
  // Without its lease an attempt has nothing more to say. A stopping worker still has its leases.
  const isStopping = signal.reason instanceof WorkerStoppingError;
  await putValue(bucket, { key: outputAt, text, ...(!isStopping && { signal }) });
  return { outputAt, outputBytes };
}
