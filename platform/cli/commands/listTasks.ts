import {
  handledTasks,
  isTaskId,
  nearestName,
  type TaskState,
  UnknownIdError,
} from '@taskfleet/toolbox/contract';
import type { TaskPage } from '../../reader/index.ts';
import type { SeenTask } from '../../signals/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { age } from '../render/age.ts';
import { plainText } from '../render/plainText.ts';
import { paint, paintState, stateText } from '../render/paint.ts';
import { publicRecord } from '../render/publicRecord.ts';
import { type Cell, renderTable } from '../render/renderTable.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ListArgs {
  readonly state?: TaskState;
  readonly lost?: boolean;
  readonly worker?: string;
  readonly task?: string;
  readonly subject?: string;
  readonly family?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: boolean;
}

export async function listTasks(deps: CliDeps, args: ListArgs): Promise<ExitCode> {
  const { limit, family, json, ...filters } = args;
  if (family !== undefined && !isTaskId(family)) throw new UnknownIdError(family);
  const { reader } = await deps.openFleet();
  const page = await reader.list({ ...filters, family, limit: Number(limit) });
  if (json) {
    writeJson(deps.stdout, { tasks: page.tasks.map(publicRecord), cursor: page.cursor ?? null });
  } else {
    writePage(deps, page);
    if (page.tasks.length === 0) tellUnknown(deps, filters);
  }
  return EXIT.ok;
}

/** Tasks of a worker that is no more are listed too: a name that no contract has is not refused. */
function tellUnknown({ fleet, stderr }: CliDeps, { worker, task }: Partial<ListArgs>): void {
  const workers = fleet.workers.map(({ name }) => name);
  const tasks = fleet.workers.flatMap((one) => handledTasks(one).map(({ name }) => String(name)));
  for (const [what, name, known] of [
    ['worker', worker, workers],
    ['task', task, tasks],
  ] as const) {
    if (name === undefined || known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    writeLine(stderr, plainText(`no ${what} is called "${name}" here${hint}`));
  }
}

const HEADING = ['ID', 'TASK', 'STATE', 'CREATED', 'CREATOR', 'SUBJECT'] as const;

function writePage({ stdout, clock }: CliDeps, { tasks, cursor }: TaskPage): void {
  const rows = tasks.map((record) => rowOf(stdout, record, clock.now()));
  writeLine(stdout, tasks.length === 0 ? 'no tasks' : renderTable(HEADING, rows));
  if (cursor !== undefined) {
    writeLine(stdout, paint(stdout, 'dim', `more: the same command with --cursor ${cursor}`));
  }
}

function rowOf(stdout: CliDeps['stdout'], record: SeenTask, now: number): readonly Cell[] {
  const { id, task, state, progress, createdAt, creator, subject } = record;
  const percent = state === 'running' && progress ? ` ${Math.floor(progress.fraction * 100)}%` : '';
  return [
    { text: id },
    { text: task ?? '' },
    { text: `${stateText(record)}${percent}`, paint: (text) => paintState(stdout, state, text) },
    { text: createdAt === undefined ? '' : age(createdAt, now) },
    { text: creator ?? '' },
    { text: subject ?? '' },
  ];
}
