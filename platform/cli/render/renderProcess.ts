import type { WorkerProcess } from '../../signals/index.ts';
import type { Output } from '../deps.ts';
import { age } from './age.ts';
import { plainText } from './plainText.ts';
import { megabytes, paintProcess } from './processText.ts';
import { renderTable } from './renderTable.ts';

/** A process for people: how it is, and the tasks that run in it with their age. */
export function renderProcess(stream: Output, process: WorkerProcess, now: number): string {
  const { running, concurrency, processed, failed, retried, tasks } = process;
  const rows = [
    ['process', process.id],
    ['state', `${paintProcess(stream, process)} (seen ${age(process.beatAt, now)})`],
    ['host', `${plainText(process.host)}, process ${process.pid}`],
    ['version', `${plainText(process.toolbox)}, Node ${plainText(process.node)}`],
    ['started', age(process.startedAt, now)],
    [
      'ended',
      `${processed} attempt${processed === 1 ? '' : 's'}: ${failed} failed, ${retried} to be tried again`,
    ],
    ['memory', `${megabytes(process.rssBytes)}, timers ${process.lagMs} ms late`],
    ['running', `${running} of ${concurrency}`],
  ];
  const lines = rows.map(([label = '', text]) => `${label.padEnd(9)}${text}`);
  if (tasks.length > 0) {
    const cells = tasks.map(({ id, task, startedAt }) => [id, task, age(startedAt, now)]);
    const table = cells.map((row) => row.map((text) => ({ text })));
    lines.push(renderTable(['ID', 'TASK', 'STARTED'], table));
  }
  if (running > tasks.length) lines.push(`and ${running - tasks.length} that began later`);
  return lines.join('\n');
}
