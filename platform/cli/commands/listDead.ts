import { nearestName } from '@taskfleet/toolbox/contract';
import type { DeadLetter, DeadLetterPage } from '../../deadLetters/index.ts';
import { UnknownServiceError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { age } from '../render/age.ts';
import { paint } from '../render/paint.ts';
import { type Cell, renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ListDeadArgs {
  readonly worker?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: boolean;
}

export async function listDead(
  deps: CliDeps,
  { worker, limit, cursor, json }: ListDeadArgs,
): Promise<ExitCode> {
  checkWorker(deps, worker);
  const { deadLetters } = await deps.openFleet();
  const page = await deadLetters.list({ service: worker, limit: Number(limit), cursor });
  if (json) writeJson(deps.stdout, { letters: page.letters, cursor: page.cursor ?? null });
  else writePage(deps, page);
  return EXIT.ok;
}

function checkWorker({ fleet }: CliDeps, worker: string | undefined): void {
  const known = ['platform', ...fleet.workers.map(({ name }) => name)];
  if (worker === undefined || known.includes(worker)) return;
  throw new UnknownServiceError(worker, nearestName(worker, known), known);
}

const HEADING = ['ID', 'WORKER', 'TASK', 'DIED', 'REASON'] as const;

function writePage({ stdout, clock }: CliDeps, { letters, cursor }: DeadLetterPage): void {
  const rows = letters.map((letter) => rowOf(letter, clock.now()));
  writeLine(stdout, letters.length === 0 ? 'no dead letters' : renderTable(HEADING, rows));
  if (cursor !== undefined) {
    writeLine(stdout, paint(stdout, 'dim', `more: the same command with --cursor ${cursor}`));
  }
}

function rowOf({ id, service, task, diedAt, reason }: DeadLetter, now: number): readonly Cell[] {
  return [id, service, task ?? '', age(diedAt, now), reason].map((text) => ({ text }));
}
