export { artifactsOf, type ArtifactBucket } from './artifactBucket.ts';
export { type ArtifactToPut, putArtifact, readArtifact } from './storeArtifact.ts';
