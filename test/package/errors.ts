/** What a project outside this repository cannot do with the package. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}
