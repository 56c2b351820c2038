import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a commit does to files: their new text, or null for one that goes. */
export type FileChanges = Readonly<Record<string, string | Uint8Array | null>>;

export interface CommitOptions {
  /** A bare repository, from `makeRepository`. */
  readonly folder: string;
  readonly branch: string;
  readonly files: FileChanges;
  /** Symbolic links, with where they lead. Default: none. */
  readonly links?: Readonly<Record<string, string>>;
  readonly message?: string;
}

/** Whether there is a git to make repositories with, and to read them. */
export function isGitThere(): boolean {
  try {
    execFileSync('git', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Makes an empty bare repository. The folder is made too. */
export async function makeRepository(folder: string): Promise<void> {
  await git(['init', '--bare', '--quiet', '--template=', '--initial-branch=main', folder], '');
}

/**
 * Adds a commit to a branch, which begins with it where it is not there. Always by the same person at the same time: the same commits
 * have the same revisions everywhere. Returns the revision.
 */
export async function commitFiles(options: CommitOptions): Promise<string> {
  const { folder, branch, files, links = {}, message = 'Change the layer' } = options;
  const ref = `refs/heads/${branch}`;
  const before = await revisionOf(folder, branch);
  const stream = [
    `commit ${ref}\n`,
    'committer Ada Lovelace <ada@example.org> 1767607200 +0000\n',
    ...data(message),
    ...(before === undefined ? [] : [`from ${before}\n`]),
  ];
  for (const [path, body] of Object.entries(files)) {
    if (body === null) stream.push(`D ${path}\n`);
    else stream.push(`M 100644 inline ${path}\n`, ...data(body));
  }
  for (const [path, to] of Object.entries(links)) {
    stream.push(`M 120000 inline ${path}\n`, ...data(to));
  }
  const input = Buffer.concat(stream.map((part) => Buffer.from(part)));
  await git(['-C', folder, 'fast-import', '--quiet', '--force'], input);
  return (await revisionOf(folder, branch)) ?? '';
}

/** The newest commit of a branch, or undefined where there is no such branch. */
export async function revisionOf(folder: string, branch: string): Promise<string | undefined> {
  const args = ['-C', folder, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`];
  return (await git(args, '')).trim() || undefined;
}

/** A text of fast-import, which counts bytes. */
function data(body: string | Uint8Array): (string | Uint8Array)[] {
  return [`data ${Buffer.byteLength(body)}\n`, body, '\n'];
}

/** What git printed. Throws with what it complained about. */
async function git(args: readonly string[], input: string | Uint8Array): Promise<string> {
  const program = spawn('git', args, { stdio: ['pipe', 'pipe', 'pipe'] });
  // What it did not read because it ended first is told by its exit code.
  program.stdin.on('error', () => undefined).end(input);
  const [printed, complaint] = await Promise.all([
    text(program.stdout),
    text(program.stderr),
    once(program, 'close'),
  ]);
  if (program.exitCode === 0) return printed;
  throw new Error(`git ${args.join(' ')} failed: ${complaint.trim()}`);
}
