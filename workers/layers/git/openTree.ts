import { NonRetryableError, type Parsed } from '@taskfleet/toolbox/contract';
import { BlobReader } from './blobReader.ts';
import { type GitOptions, runGit } from './git.ts';

/** The files of a layer at one commit, read from git's objects: nothing is ever checked out. */
export interface LayerFiles {
  /** Paths below the layer's folder, with the digest of what each holds. Regular files only. */
  readonly digests: ReadonlyMap<string, string>;
  /** Paths that are no files to be read, and what they are instead. */
  readonly refused: ReadonlyMap<string, string>;
  /** What a file says, or why it cannot be read. */
  read(path: string): Promise<Parsed<string, string>>;
}

/** A recipe has some thousand bytes; the longest lists of checksums some hundred thousand. */
const LARGEST_FILE_BYTES = 1_000_000;

/** openembedded-core has some 8,000. */
const MOST_FILES = 200_000;

/** Files that are kept in memory, of up to a megabyte each. */
const MOST_RECENT = 20;

/** Opens a folder of a commit, for as long as the task runs. One that is not there is empty. */
export async function withTree<T>(
  git: GitOptions,
  { revision, subdir }: { readonly revision: string; readonly subdir: string | undefined },
  task: (files: LayerFiles) => Promise<T>,
): Promise<T> {
  const below = subdir === undefined ? '' : `${subdir}/`;
  const folders = below === '' ? [] : [below];
  const listed = await runGit(git, ['ls-tree', '-r', '-l', '-z', revision, ...folders]);
  const { digests, refused } = sortEntries(listed, below);
  const blobs = new BlobReader(git);
  const recent = new Map<string, Parsed<string, string>>();
  const read = async (path: string) => {
    const digest = digests.get(path);
    if (digest === undefined) return refusal(refused.get(path) ?? 'not there');
    const text = recent.get(digest) ?? decode(await blobs.read(digest));
    // What recipes include stands beside them, so that it is soon read again.
    if (recent.size >= MOST_RECENT) recent.clear();
    recent.set(digest, text);
    return text;
  };
  try {
    return await task({ digests, refused, read });
  } finally {
    blobs.close();
  }
}

const ENTRY = /^(?<mode>\d{6}) \w+ (?<digest>[0-9a-f]+) +(?<size>\d+|-)\t(?<path>.*)$/s;

function sortEntries(listed: Buffer, below: string): Pick<LayerFiles, 'digests' | 'refused'> {
  const digests = new Map<string, string>();
  const refused = new Map<string, string>();
  for (const line of listed.toString().split('\0')) {
    const { mode, digest, size, path: whole } = ENTRY.exec(line)?.groups ?? {};
    if (mode === undefined || digest === undefined || whole === undefined) continue;
    const path = whole.slice(below.length);
    const problem = problemOf(mode, Number(size), path);
    if (problem === undefined) digests.set(path, digest);
    else refused.set(path, problem);
  }
  if (digests.size <= MOST_FILES) return { digests, refused };
  throw new NonRetryableError(`expected at most ${MOST_FILES} files, got ${digests.size}`);
}

/** Why an entry is not read, or undefined. */
function problemOf(mode: string, size: number, path: string): string | undefined {
  if (mode === '120000') return 'a symbolic link';
  if (mode === '160000') return 'a submodule';
  if (size > LARGEST_FILE_BYTES) return `larger than ${LARGEST_FILE_BYTES} bytes`;
  // oxlint-disable-next-line eslint/no-control-regex -- a name with a line break is a trick
  return /[\0-\x1f\x7f\ufffd]/.test(path) ? 'a name that is no plain text' : undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function decode(body: Buffer): Parsed<string, string> {
  if (body.includes(0)) return refusal('binary');
  try {
    return { ok: true, value: utf8.decode(body) };
  } catch {
    return refusal('not UTF-8');
  }
}

function refusal(error: string): Parsed<string, string> {
  return { ok: false, error };
}
