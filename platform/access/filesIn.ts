import {
  type ArtifactBucket,
  linkToArtifact,
  putArtifact,
  readArtifact,
} from '@taskfleet/toolbox/artifacts';
import type { FleetAccess } from './fleetAccess.ts';
import { reach } from './reach.ts';

/** Long enough to begin a download, short enough that a link in a history or a log is soon worth nothing. */
const LINK = { expires: '5m' } as const;

/** The files of a stage. */
export function filesIn(bucket: ArtifactBucket): Pick<FleetAccess, 'put' | 'get' | 'linkTo'> {
  return {
    put: async (artifact) => reach('store the file', async () => putArtifact(bucket, artifact)),
    get: async (ref) => reach('fetch the file', async () => readArtifact(bucket, ref)),
    linkTo: async (ref) => reach('find the file', async () => linkToArtifact(bucket, ref, LINK)),
  };
}
