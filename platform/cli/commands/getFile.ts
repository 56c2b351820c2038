import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { isArtifactRef } from '@taskfleet/toolbox/contract';
import { FileNotWrittenError, NotAReferenceError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface GetArgs {
  readonly ref: string;
  /** Default: the reference's last part, in the current folder. */
  readonly file?: string;
  /** Replace a file that is there. */
  readonly force?: boolean;
  /** A task that returned the file. */
  readonly task?: string;
  readonly json?: boolean;
}

/** Fetches a stored file. Never replaces one that is there, unless told to. */
export async function getFile(
  deps: CliDeps,
  { ref, force, task, json, ...args }: GetArgs,
): Promise<ExitCode> {
  if (!isArtifactRef(ref)) throw new NotAReferenceError(ref);
  const file = args.file ?? basename(ref);
  const { get } = await deps.openFleet();
  const body = await get(ref, task);
  try {
    await writeFile(file, body, { flag: force ? 'w' : 'wx' });
  } catch (cause) {
    throw new FileNotWrittenError(file, cause);
  }
  if (json) writeJson(deps.stdout, { ref, file, sizeBytes: body.byteLength });
  else writeLine(deps.stdout, file);
  return EXIT.ok;
}
