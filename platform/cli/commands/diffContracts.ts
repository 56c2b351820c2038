import { diffContracts as diff } from '../../contracts/repository/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { renderChanges } from '../render/renderChanges.ts';
import { writeJson, writeLine } from '../render/write.ts';
import { untilInterrupted } from '../untilInterrupted.ts';

export interface DiffContractsArgs {
  readonly ref: string;
  readonly strict?: boolean;
  readonly json?: boolean;
}

/** Compares files with files: works without a running fleet. */
export async function diffContracts(deps: CliDeps, args: DiffContractsArgs): Promise<ExitCode> {
  const { ref, strict, json } = args;
  const { cwd, environment } = deps;
  const found = await untilInterrupted(
    deps.signals,
    async (signal) => diff(ref, { cwd, environment, signal }),
    ['SIGINT', 'SIGTERM', 'SIGHUP'],
  );
  if (found === 'interrupted') return EXIT.interrupted;
  const { commit, changes } = found;
  const refused = strict ? ['breaking', 'unjudged'] : ['breaking'];
  const ok = !changes.some(({ verdict }) => refused.includes(verdict));
  if (json) writeJson(deps.stdout, { ref, commit, ok, changes });
  else
    writeLine(deps.stdout, renderChanges(deps.stdout, `${ref} (${commit.slice(0, 7)})`, changes));
  return ok ? EXIT.ok : EXIT.incompatible;
}
