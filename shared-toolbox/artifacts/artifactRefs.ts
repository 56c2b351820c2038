import { type ArtifactRef, FormatError, isArtifactRef } from '../contract/index.ts';

const SCHEME = 'artifact:';

/** Where people, and the applications that they use, store files. */
const UPLOADS = 'uploads/';

/** The reference to what is stored under a key. Throws FormatError for a key that no reference can carry. */
export function refOf(key: string): ArtifactRef {
  const ref = `${SCHEME}${key}`;
  if (isArtifactRef(ref)) return ref;
  throw refusal('key', `expected a path without empty, "." or ".." parts, got "${key}"`);
}

/** Where it is stored. */
export function keyOf(ref: ArtifactRef): string {
  return ref.slice(SCHEME.length);
}

/** What the keys of a folder's files begin with. Throws FormatError for what is no folder, and for one that the worker may not list. */
export function prefixOf(folder: ArtifactRef, worker: string): string {
  const prefix = keyOf(folder);
  const isOpen = [`${worker}/`, UPLOADS].some((open) => prefix.startsWith(open));
  if (isOpen && folder.endsWith('/') && isArtifactRef(`${folder}file`)) return prefix;
  const expected = `expected ${SCHEME}${worker}/ or ${SCHEME}${UPLOADS}, or a folder below that ends with "/"`;
  throw refusal('folder', `${expected}, got "${folder}"`);
}

/** The key of a file of the worker's own. Throws FormatError for another's. */
export function ownKeyOf(ref: ArtifactRef, worker: string): string {
  const key = keyOf(ref);
  if (key.startsWith(`${worker}/`) && isArtifactRef(ref)) return key;
  throw refusal('ref', `expected a file below ${SCHEME}${worker}/, got "${ref}"`);
}

function refusal(field: string, message: string): FormatError {
  return new FormatError('artifact', { field, message });
}
