export { artifactsOf, type ArtifactBucket } from './artifactBucket.ts';
export { putArtifact, readArtifact } from './storeArtifact.ts';
