export type { ArtifactBucket } from './artifactBucket.ts';
export { keyOf, ownKeyOf, prefixOf, refOf } from './artifactRefs.ts';
export { type ArtifactsOptions, artifactsOf } from './artifactsOf.ts';
export { RemovalError } from './errors.ts';
export { isGone } from './isGone.ts';
export { linkTerms, linkToArtifact } from './linkToArtifact.ts';
export { readArtifact } from './readArtifact.ts';
export { type ArtifactToPut, PART_BYTES, putArtifact } from './storeArtifact.ts';
export { untilAborted } from './untilAborted.ts';
