/** References to stored files anywhere in a value. */
export function artifactsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith('artifact:') ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(artifactsIn);
}
