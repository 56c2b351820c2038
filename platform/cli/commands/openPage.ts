import { isTaskId, UnknownIdError } from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { paint } from '../render/paint.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface OpenArgs {
  readonly id?: string;
  readonly print?: boolean;
  readonly json?: boolean;
}

/** Opens the dashboard, or a task's page there; the address alone goes to standard output, for pipes and for who has no browser here. */
export async function openPage(
  { findAddress, openBrowser, stdout, stderr }: CliDeps,
  { id, print = false, json = false }: OpenArgs,
): Promise<ExitCode> {
  if (id !== undefined && !isTaskId(id)) throw new UnknownIdError(id);
  const page = id === undefined ? '' : `tasks/${id}`;
  const address = `${await findAddress()}/${page}`;
  const opened = !print && (await openBrowser(new URL(address)));
  if (json) {
    writeJson(stdout, { address, opened });
    return EXIT.ok;
  }
  writeLine(stdout, address);
  if (!opened && !print) {
    writeLine(stderr, paint(stderr, 'dim', 'There is no browser here to open it in.'));
  }
  return EXIT.ok;
}
