import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fleet } from '@taskfleet/fleet';
import { expect, it } from 'vitest';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cost.md'), 'utf8');
const run = commandLine({ fleet, openFleet: () => Promise.reject(new Error('not needed')) });

it('shows what the command prints', async () => {
  const { stdout } = await run('cost', '--rate', '50/s');
  const [table = ''] = stdout.split('\n\n');
  expect(page).toContain(`\`\`\`\n${table}\n\`\`\``);
});

interface Bill {
  readonly totalUsd: number;
  readonly millionTasksUsd?: number;
}

const dollars = (usd?: number) =>
  usd === undefined
    ? ''
    : `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

it.each(['0/s', '1/s', '10/s', '50/s', '500/s'])('has the bill of %s', async (rate) => {
  const { stdout } = await run('cost', '--rate', rate, '--json');
  const { alone, together } = JSON.parse(stdout) as Record<'alone' | 'together', Bill>;
  const row = new RegExp(`^\\| ${rate} .*$`, 'm').exec(page)?.[0] ?? '';
  const cells = row.split('|').map((cell) => cell.trim());
  expect(cells.slice(2, -1)).toEqual(
    [alone.totalUsd, together.totalUsd, alone.millionTasksUsd, together.millionTasksUsd].map(
      dollars,
    ),
  );
});
