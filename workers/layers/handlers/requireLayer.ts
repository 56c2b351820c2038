import { NonRetryableError } from '@taskfleet/toolbox/contract';
import type { LayerFiles } from '../git/openTree.ts';
import { isLayer } from '../index/buildIndex.ts';
import type { Place } from '../index/storedIndex.ts';
import { LAYER_CONF } from '../parse/layerConf.ts';

/** Throws NonRetryableError for a folder that is no layer. */
export function requireLayer(files: LayerFiles, { url, branch, subdir }: Place): void {
  if (isLayer(files)) return;
  const where = `branch ${branch} of ${url}${subdir === undefined ? '' : `, folder ${subdir}`}`;
  throw new NonRetryableError(`expected a layer with ${LAYER_CONF}, got ${where} without one`);
}
