import { basename } from 'node:path';
import { isArtifactRef } from '@taskfleet/toolbox/contract';
import { NotAReferenceError } from '../../errors.ts';
import { contentTypeOf, safeName } from '../artifactName.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { readUserFile } from '../readInput.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface PutArgs {
  readonly file: string;
  /** Default: the file's own. */
  readonly name?: string;
  /** Below `uploads/`, instead of a place of its own. */
  readonly at?: string;
  readonly json?: boolean;
}

/**
 * Stores a file and prints the reference: under a key of its own, so that nothing is ever replaced, or where it is told to. Throws
 * NotAReferenceError for a place that cannot be.
 */
export async function putFile(deps: CliDeps, { file, name, at, json }: PutArgs): Promise<ExitCode> {
  const body = await readUserFile(file);
  const key = at === undefined ? ownKey(deps, name ?? basename(file)) : `uploads/${at}`;
  if (!isArtifactRef(`artifact:${key}`)) throw new NotAReferenceError(`artifact:${key}`);
  const stored = basename(key);
  const contentType = contentTypeOf(stored);
  const { put } = await deps.openFleet();
  const ref = await put({ key, body, contentType });
  if (json) writeJson(deps.stdout, { ref, name: stored, sizeBytes: body.byteLength, contentType });
  else writeLine(deps.stdout, ref);
  return EXIT.ok;
}

function ownKey({ clock }: CliDeps, name: string): string {
  const folder = Buffer.from(clock.randomBytes()).toString('hex');
  return `uploads/${folder}/${safeName(name)}`;
}
