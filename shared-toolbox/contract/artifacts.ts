import type { Duration } from './duration.ts';

/** A reference to a stored file: `artifact:` and its key. Carries no bucket name, so that it can be shown. */
export type ArtifactRef = `artifact:${string}`;

export interface ReadOptions {
  /** A larger file is refused before it is read. Default: no limit. */
  readonly maximumBytes?: number;
}

export interface LinkOptions {
  /** How long it leads to the file, from `'1s'` to `'7d'`. Default `'1h'`. */
  readonly expires?: Duration;
  /** The name under which a browser saves the file. Default: the last part of its key. */
  readonly fileName?: string;
}

/** A file in the bucket, without its contents. */
export interface StoredArtifact {
  /** Where it is. */
  readonly ref: ArtifactRef;
  /** How many bytes it has. */
  readonly sizeBytes: number;
  /** Milliseconds since 1970, in whole seconds. */
  readonly modifiedAt: number;
  /** Differs from that of other contents that are stored under the same name before or after. */
  readonly version: string;
}

/** The files that a handler may read and write. What is still under way when the attempt ends, or its signal aborts, ends too. */
export interface Artifacts {
  /**
   * The whole file, in memory. Throws ArtifactNotFoundError when nothing is stored there, TooLargeError for a file above
   * the limit; both fail the task at once, as trying again would not help.
   */
  read(ref: ArtifactRef, options?: ReadOptions): Promise<Uint8Array>;
  /** The file bit by bit, as it is asked for: never more than some 100 KB of it are in memory. Throws ArtifactNotFoundError. */
  stream(ref: ArtifactRef): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Stores a file under the worker's own prefix; the same name again replaces it. What comes bit by bit is stored as it comes, with
   * some 24 MB of it in memory, and is there as a whole or, when its source throws, not at all.
   */
  write(
    name: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    contentType: string,
  ): Promise<ArtifactRef>;
  /** What is known of a file; undefined when nothing is stored there. */
  find(ref: ArtifactRef): Promise<StoredArtifact | undefined>;
  /**
   * All files below a folder, such as `artifact:uploads/galleries/summer/`, in order of their keys. The folder is the worker's own,
   * or one that people upload to, and ends with `/`.
   */
  list(folder: ArtifactRef): AsyncIterable<StoredArtifact>;
  /** Removes files of the worker's own. What is not there is no error. */
  remove(refs: readonly ArtifactRef[]): Promise<void>;
  /**
   * An address that leads whoever has it to the file, for some time, and has it saved, not shown. It ends earlier when the credentials do
   * that have signed it: those of a container or a function live some hours. Throws ArtifactNotFoundError.
   */
  link(ref: ArtifactRef, options?: LinkOptions): Promise<string>;
}
