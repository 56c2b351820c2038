export type { ArtifactBucket } from './artifactBucket.ts';
export { artifactsOf } from './artifactsOf.ts';
export {
  type ArtifactToPut,
  PART_BYTES,
  putArtifact,
  readArtifact,
  refOf,
} from './storeArtifact.ts';
