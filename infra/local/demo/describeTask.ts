import type { TaskRecord } from '@taskfleet/toolbox/contract';
import { progressBar } from '../present/progressBar.ts';
import type { Screen } from '../present/screen.ts';
import type { Shown } from './runDemonstration.ts';

/** One line for a task: its file, how far it is, what became of it. */
export function describeTask(screen: Screen, { name, record }: Shown): string {
  return `    ${name.padEnd(24)} ${describeRecord(screen, record)}`;
}

function describeRecord(screen: Screen, record: TaskRecord | undefined): string {
  const { state = 'queued', progress, error } = record ?? {};
  if (state === 'succeeded') return screen.paint('green', `✔ succeeded ${took(record)}`);
  if (error && state !== 'running') return screen.paint('red', `✖ ${state}: ${error.message}`);
  if (state !== 'running') return screen.paint('dim', `${progressBar(0)}  ${state}`);
  const { fraction, note = '' } = progress ?? { fraction: 0 };
  return `${progressBar(fraction)}  ${Math.round(fraction * 100)} % ${note}`;
}

function took({ startedAt, finishedAt }: Partial<TaskRecord> = {}): string {
  if (startedAt === undefined || finishedAt === undefined) return '';
  return `in ${((finishedAt - startedAt) / 1_000).toFixed(1)} s`;
}
