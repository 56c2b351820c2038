import { OFFLOAD_ABOVE_BYTES } from '@taskfleet/toolbox/contract';
import type { Demand } from './demand.ts';
import { MEASURED } from './measured.ts';

type Sized = Pick<Demand, 'payloadBytes'>;

/** Whether the input goes through the bucket, and the messages carry a reference. */
export function isOffloaded({ payloadBytes }: Sized): boolean {
  return MEASURED.task.bytes.message + payloadBytes > OFFLOAD_ABOVE_BYTES;
}

/** Bytes of the input that travel, and are kept in the record. */
export function inlineBytes(demand: Sized): number {
  return isOffloaded(demand) ? 0 : demand.payloadBytes;
}

export function messageBytes(demand: Sized): number {
  return MEASURED.task.bytes.message + inlineBytes(demand);
}
