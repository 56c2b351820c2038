import { progressLine } from '@taskfleet/platform/cli';
import type { TaskId, TaskRecord } from '@taskfleet/toolbox/contract';
import type { Screen } from '../present/screen.ts';

/** One file of the demonstration and the task that it became. */
export interface Shown {
  readonly name: string;
  readonly id: TaskId;
  readonly record: TaskRecord | undefined;
}

/** Columns for a file's name and for the rest of its line. */
const NAME_COLUMNS = 24;
const REST_COLUMNS = 50;

/** One line for a task: its file, how far it is, what became of it. */
export function describeTask(screen: Screen, { name, record }: Shown): string {
  return `    ${name.padEnd(NAME_COLUMNS)} ${describeRecord(screen, record)}`;
}

function describeRecord(screen: Screen, record: TaskRecord | undefined): string {
  const { state = 'queued', error } = record ?? {};
  if (state === 'succeeded') return screen.paint('green', `✔ succeeded ${took(record)}`);
  if (error && state !== 'running') return screen.paint('red', `✖ ${state}: ${error.message}`);
  const line = progressLine(record, REST_COLUMNS);
  return state === 'running' ? line : screen.paint('dim', line);
}

function took({ startedAt, finishedAt }: Partial<TaskRecord> = {}): string {
  if (startedAt === undefined || finishedAt === undefined) return '';
  return `in ${((finishedAt - startedAt) / 1_000).toFixed(1)} s`;
}
