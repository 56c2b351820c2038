import type { OutputOf } from '@taskfleet/toolbox/contract';
import type { AttemptEnd } from '@taskfleet/toolbox/testing';
import type { updateLayer } from '../contract.ts';
import type { LayerIndex } from '../index/layerIndex.ts';

/** The index that an attempt has stored. */
export function indexIn({ stored, output }: AttemptEnd<typeof updateLayer>): LayerIndex {
  const { index }: OutputOf<typeof updateLayer> = output;
  return JSON.parse(Buffer.from(stored.get(index)?.body ?? '').toString()) as LayerIndex;
}
