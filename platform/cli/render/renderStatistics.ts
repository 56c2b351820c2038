import type { Figures, Statistics, TaskStatistics } from '../../statistics/index.ts';
import type { Output } from '../deps.ts';
import { span } from './age.ts';
import { paint } from './paint.ts';
import { type Cell, renderTable } from './renderTable.ts';
import { sparkline } from './sparkline.ts';

const HEADING = [
  'TASK',
  'ENDED',
  'A MINUTE',
  'FAILED',
  'RUN P50',
  'P95',
  'P99',
  'WAIT P50',
  'P95',
  'P99',
  'OVER TIME',
] as const;

export interface Asked {
  /** As it was asked for. */
  readonly since: string;
  readonly now: number;
}

/** A row for each task that anything was counted of. */
export function renderStatistics(
  stdout: Output,
  { from, tasks }: Statistics,
  { since, now }: Asked,
): string {
  const counted = tasks.filter(({ total }) => isCounted(total));
  if (counted.length === 0) return `nothing was counted in the last ${since}`;
  const minutes = (now - from) / 60_000;
  return renderTable(
    HEADING,
    counted.map((task) => rowOf(stdout, task, minutes)),
  );
}

function isCounted({ scheduled, retried, ended, run, wait }: Figures): boolean {
  return scheduled + retried + ended + run.count + wait.count > 0;
}

function rowOf(
  stdout: Output,
  { task, total, points }: TaskStatistics,
  minutes: number,
): readonly Cell[] {
  const { ended, failed, dead, run, wait } = total;
  const bad = failed + dead;
  return [
    { text: task },
    { text: String(ended) },
    { text: (ended / minutes).toFixed(1) },
    { text: percent(bad, ended), paint: (text) => (bad > 0 ? paint(stdout, 'red', text) : text) },
    ...[run, wait].flatMap(({ p50Ms, p95Ms, p99Ms }) => [p50Ms, p95Ms, p99Ms].map(length)),
    { text: sparkline(points.map((point) => point.ended)) },
  ];
}

/** Not 0 % for a few of many. */
function percent(part: number, whole: number): string {
  if (part === 0) return '0%';
  const share = (100 * part) / whole;
  return share < 0.1 ? '<0.1%' : `${share.toFixed(1)}%`;
}

function length(ms: number | null): Cell {
  return { text: ms === null ? '' : span(ms) };
}
