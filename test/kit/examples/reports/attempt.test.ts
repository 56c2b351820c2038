// reports/attempt.test.ts
import { runAttempt } from '@taskfleet/toolbox/testing';
import { expect, test } from 'vitest';
import { monthlyReport } from './contract.ts';
import { reportsWith } from './implementation.ts';

const input = { customer: 'acme' };

test('stores a report, and has it announced', async () => {
  const end = await runAttempt(
    monthlyReport,
    reportsWith(async () => 12),
    input,
  );
  expect(end.output).toEqual({ rows: 12, file: 'artifact:reports/acme.csv' });
  expect(end.progress).toEqual([{ fraction: 0.5, note: '12 rows' }]);
  expect(end.stored.get('artifact:reports/acme.csv')?.contentType).toBe('text/csv');
  expect(end.scheduled).toMatchObject([{ task: 'reports.announce', input }]);
});

test('is tried again while the warehouse is away, three times in all', async () => {
  const reports = reportsWith(() => Promise.reject(new Error('no warehouse')));
  const first = await runAttempt(monthlyReport, reports, input);
  expect(first.outcome).toMatchObject({ kind: 'retrying', delayMs: 30_000 });
  const last = await runAttempt(monthlyReport, reports, input, { attempt: 3 });
  expect(last.outcome).toMatchObject({ kind: 'failed', error: { message: 'no warehouse' } });
});

test('stops asking the warehouse when its time is over', async () => {
  const told = Promise.withResolvers<number>();
  const reports = reportsWith((_customer, signal) => {
    signal.addEventListener('abort', () => told.reject(signal.reason));
    return told.promise;
  });
  const attempt = runAttempt(monthlyReport, reports, input);
  attempt.pass('10m');
  const { outcome } = await attempt;
  expect(outcome).toMatchObject({ kind: 'retrying', error: { name: 'TimeLimitError' } });
});
