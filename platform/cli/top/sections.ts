import type { QueueView } from '../../queues/index.ts';
import type { SeenTask, WorkerProcess } from '../../signals/index.ts';
import type { Output } from '../deps.ts';
import { age } from '../render/age.ts';
import { paint, paintState, stateText } from '../render/paint.ts';
import { megabytes, paintProcess, processState } from '../render/processText.ts';
import { fitWidth } from '../render/plainText.ts';
import { type Cell, renderTable } from '../render/renderTable.ts';
import type { FleetFrame } from './fleetFrame.ts';

/** A table under a heading, of which as many lines are shown as there is room for. */
export interface Section {
  readonly heading: string;
  readonly lines: readonly string[];
  /** What stands for lines that have no room. */
  readonly more: (count: number) => string;
}

/** From so many columns on there is room for more than the most needed, and for all. */
const WIDE = 70;
const WIDEST = 110;

interface Column<T> {
  readonly heading: string;
  /** Columns of a terminal that has room for it. Default: any. */
  readonly from?: number;
  readonly cell: (row: T) => Cell;
}

export function workerSection(
  stream: Output,
  { processes, at }: FleetFrame,
  columns: number,
): Section {
  const all: readonly Column<WorkerProcess>[] = [
    { heading: 'PROCESS', cell: ({ id }) => ({ text: id }) },
    {
      heading: 'STATE',
      cell: (process) => ({
        text: processState(process),
        paint: (text) => paintProcess(stream, process, text),
      }),
    },
    {
      heading: 'LOAD',
      cell: ({ running, concurrency }) => ({ text: `${running}/${concurrency}` }),
    },
    { heading: 'ENDED', from: WIDEST, cell: ({ processed }) => ({ text: `${processed}` }) },
    {
      heading: 'FAILED',
      from: WIDE,
      cell: ({ failed }) => red(stream, failed),
    },
    { heading: 'MEMORY', from: WIDEST, cell: ({ rssBytes }) => ({ text: megabytes(rssBytes) }) },
    { heading: 'RUNS', cell: ({ tasks }) => ({ text: runningText(tasks, at) }) },
  ];
  return sectionOf(all, processes, { columns, what: 'processes', none: 'no worker is heard' });
}

function runningText(tasks: WorkerProcess['tasks'], now: number): string {
  return tasks.map(({ task, startedAt }) => `${task} ${age(startedAt, now)}`).join(', ');
}

export function queueSection(stream: Output, { queues, at }: FleetFrame, columns: number): Section {
  const all: readonly Column<FleetFrame['queues'][number]>[] = [
    {
      heading: 'QUEUE',
      cell: ({ service, queue }) => ({
        text: queue === 'normal' ? service : `${service} ${queue}`,
      }),
    },
    { heading: 'WAITING', cell: ({ visible }) => ({ text: `${visible}` }) },
    { heading: 'OLDEST', cell: (queue) => ({ text: oldestText(queue, at) }) },
    { heading: 'IN FLIGHT', from: WIDE, cell: ({ inFlight }) => ({ text: `${inFlight}` }) },
    { heading: 'DELAYED', from: WIDE, cell: ({ delayed }) => ({ text: `${delayed}` }) },
    { heading: 'DEAD', cell: ({ deadLetters }) => red(stream, deadLetters) },
    {
      heading: '',
      cell: ({ paused }) => ({
        text: paused ? 'paused' : '',
        paint: (text) => paint(stream, 'yellow', text),
      }),
    },
  ];
  return sectionOf(all, queues, { columns, what: 'queues', none: 'no queues' });
}

/** Of all queues of its service. */
function oldestText(
  { visible, oldestAt }: Pick<QueueView, 'visible' | 'oldestAt'>,
  now: number,
): string {
  if (visible === 0) return '';
  return oldestAt === null ? '?' : `≤ ${age(oldestAt, now)}`;
}

export function failureSection(
  stream: Output,
  { failures, at }: FleetFrame,
  columns: number,
): Section {
  const all: readonly Column<SeenTask>[] = [
    { heading: 'FAILED', cell: ({ finishedAt = at }) => ({ text: age(finishedAt, at) }) },
    {
      heading: 'STATE',
      from: WIDE,
      cell: (task) => ({
        text: stateText(task),
        paint: (text) => paintState(stream, task.state, text),
      }),
    },
    { heading: 'TASK', cell: ({ task = '' }) => ({ text: task }) },
    { heading: 'WHY', cell: ({ error }) => ({ text: error?.message ?? '' }) },
  ];
  return sectionOf(all, failures, { columns, what: 'failures', none: 'nothing has failed' });
}

function red(stream: Output, count: number): Cell {
  return { text: `${count}`, paint: (text) => (count > 0 ? paint(stream, 'red', text) : text) };
}

interface Place {
  readonly columns: number;
  readonly what: string;
  /** Stands for an empty table. */
  readonly none: string;
}

function sectionOf<T>(
  all: readonly Column<T>[],
  rows: readonly T[],
  { columns, what, none }: Place,
): Section {
  const shown = all.filter(({ from = 0 }) => columns >= from);
  const cells = rows.map((row) => shown.map(({ cell }) => cell(row)));
  const headings = shown.map(({ heading }) => heading);
  const [heading = '', ...lines] = renderTable(headings, cells, columns).split('\n');
  const more = (count: number) => fitWidth(`and ${count} more ${what}`, columns);
  return { heading, lines: lines.length === 0 ? [fitWidth(none, columns)] : lines, more };
}
