/** An image that cannot be built, or is not as it has to be. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
}
