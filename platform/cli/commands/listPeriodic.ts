import type { PeriodicView } from '../../periodic/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { age } from '../render/age.ts';
import { paintState } from '../render/paint.ts';
import { timingText } from '../render/renderPeriodic.ts';
import { type Cell, renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ListPeriodicArgs {
  readonly json?: boolean;
}

export async function listPeriodic(deps: CliDeps, { json }: ListPeriodicArgs): Promise<ExitCode> {
  const { stdout, clock } = deps;
  const { periodicOf } = await deps.openFleet();
  const periodic = await periodicOf(deps.fleet).list();
  if (json) writeJson(stdout, { periodic });
  else if (periodic.length === 0) writeLine(stdout, 'no periodic tasks');
  else {
    const rows = periodic.map((view) => rowOf(stdout, view, clock.now()));
    writeLine(stdout, renderTable(HEADING, rows));
  }
  return EXIT.ok;
}

const HEADING = ['NAME', 'TASK', 'WHEN', 'NEXT', 'LAST', 'STATE'] as const;

function rowOf(
  stdout: CliDeps['stdout'],
  { name, rule, next: [next], last, problem }: PeriodicView,
  now: number,
): readonly Cell[] {
  const state = problem === undefined ? last?.state : 'failed';
  return [
    { text: name },
    { text: rule.task },
    { text: timingText(rule.timing) },
    { text: next === undefined ? 'paused' : new Date(next).toISOString() },
    { text: last ? age(last.at, now) : '' },
    state ? { text: state, paint: (text) => paintState(stdout, state, text) } : { text: '' },
  ];
}
