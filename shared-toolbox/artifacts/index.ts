export type { ArtifactBucket } from './artifactBucket.ts';
export { artifactsOf } from './artifactsOf.ts';
export { type ArtifactToPut, putArtifact, readArtifact } from './storeArtifact.ts';
