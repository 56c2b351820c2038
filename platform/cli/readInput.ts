import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { UnreadableInputError } from '../errors.ts';
import { locateJsonError } from './locateJsonError.ts';

/**
 * A task's input as the command line gives it: JSON, `@file` for a file with it, `-` for standard input. Throws
 * UnreadableInputError.
 */
export async function readInput(argument: string, stdin: Readable): Promise<unknown> {
  if (argument === '-') return parseInput('standard input', await text(stdin));
  if (!argument.startsWith('@')) return parseInput('input', argument);
  const path = argument.slice(1);
  return parseInput(path, (await readUserFile(path)).toString('utf8'));
}

/** The whole file. Throws UnreadableInputError with the system's reason. */
export async function readUserFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new UnreadableInputError(`cannot read "${path}": ${readingProblem(cause)}`, { cause });
  }
}

function readingProblem(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  return PROBLEMS[code] ?? code;
}

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder, expected a file',
  EACCES: 'permission denied',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
};

function parseInput(source: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch (cause) {
    const error = locateJsonError(content);
    const place = error ? ` at line ${error.line}, column ${error.column}, got ${error.found}` : '';
    throw new UnreadableInputError(`${source}: expected JSON${place}`, { cause });
  }
}
