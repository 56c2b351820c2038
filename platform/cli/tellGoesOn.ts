import type { CliDeps } from './deps.ts';
import { EXIT, type ExitCode } from './exitCode.ts';
import { writeLine } from './render/write.ts';

/** Says after Ctrl-C that only the looking on has ended. */
export function tellGoesOn({ stderr }: Pick<CliDeps, 'stderr'>, id: string): ExitCode {
  writeLine(stderr, `task ${id} goes on; taskfleet status ${id} tells how far it is`);
  return EXIT.interrupted;
}
