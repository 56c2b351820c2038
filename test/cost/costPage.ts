import { join } from 'node:path';
import { defineFleet } from '@taskfleet/toolbox/contract';
import { thumbnailsWorker } from '@taskfleet/worker-thumbnails/contract';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';

export const COST_PAGE = join(import.meta.dirname, '..', '..', 'docs', 'cost.md');

/** The page stays as it is when somebody adds a worker. */
const fleet = defineFleet([thumbnailsWorker]);

const run = commandLine({ fleet, openFleet: () => Promise.reject(new Error('not needed')) });

/** The page with what `taskfleet cost` prints now: its table, and the bills of the rates that the page has rows for. */
export async function costPage(page: string): Promise<string> {
  const { stdout } = await run('cost', '--rate', '50/s');
  const [table = ''] = stdout.split('\n\n');
  const shown = /(?<=```text\n)SERVICE .*?(?=\n```)/s;
  if (!shown.test(page)) throw new Error(`expected the table of the command in ${COST_PAGE}`);
  let written = page.replace(shown, () => table);
  for (const [row = '', rate = ''] of page.matchAll(/^\| (\S+\/s) .*$/gm)) {
    written = written.replace(row, rowOf(row, [rate, ...(await billOf(rate))]));
  }
  return written;
}

interface Bill {
  readonly totalUsd: number;
  readonly millionTasksUsd?: number;
}

async function billOf(rate: string): Promise<string[]> {
  const { stdout } = await run('cost', '--rate', rate, '--json');
  const { alone, together } = JSON.parse(stdout) as Record<'alone' | 'together', Bill>;
  return [alone.totalUsd, together.totalUsd, alone.millionTasksUsd, together.millionTasksUsd].map(
    dollars,
  );
}

function dollars(usd?: number): string {
  const form = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
  return usd === undefined ? '' : `$${usd.toLocaleString('en-US', form)}`;
}

/** In columns as wide as before. */
function rowOf(row: string, values: readonly string[]): string {
  const cells = row.split('|').slice(1, -1);
  const padded = cells.map((cell, i) => ` ${(values[i] ?? '').padEnd(cell.length - 1)}`);
  return `|${padded.join('|')}|`;
}
