import { basename } from 'node:path';
import { contentTypeOf, safeName } from '../artifactName.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { readUserFile } from '../readInput.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface PutArgs {
  readonly file: string;
  /** Default: the file's own. */
  readonly name?: string;
  readonly json?: boolean;
}

/** Stores a file under a key of its own, so that nothing is ever replaced, and prints the reference. */
export async function putFile(deps: CliDeps, { file, name, json }: PutArgs): Promise<ExitCode> {
  const body = await readUserFile(file);
  const stored = safeName(name ?? basename(file));
  const contentType = contentTypeOf(stored);
  const { put } = await deps.openFleet();
  const folder = Buffer.from(deps.clock.randomBytes()).toString('hex');
  const ref = await put({ key: `uploads/${folder}/${stored}`, body, contentType });
  if (json) writeJson(deps.stdout, { ref, name: stored, sizeBytes: body.byteLength, contentType });
  else writeLine(deps.stdout, ref);
  return EXIT.ok;
}
