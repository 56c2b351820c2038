import {
  NonRetryableError,
  ResultTimeoutError,
  type Snooze,
  TaskFailedError,
} from '@taskfleet/toolbox/contract';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { expect, test } from 'vitest';
import { exportPart, exportProject } from '../contract.ts';
import { AllowedOrigins } from '../source/allowedOrigins.ts';
import { exportProject as handle } from './exportProject.ts';
import { inputFor, quickExports } from '../testing/exports.ts';

const SOURCE = 'http://127.0.0.1:1/api';
const links = [{ text: 'fields: workbook (zip)', url: 'https://bucket.test/x.zip' }];

test('starts the parts and the bundle, and gives their links', async () => {
  const results = { flow: { links } };
  const end = await runAttempt(exportProject, quickExports(), inputFor(SOURCE), { results });
  expect(end.output).toEqual({ links });
  expect(end.started).toMatchObject([
    { options: { idempotencyKey: end.started[0]?.options.idempotencyKey } },
  ]);
});

/** What the handler throws when its parts end so. */
async function thrownOver(end: Error, snoozes = 0): Promise<unknown> {
  const start = async () => ({ id: 'flow_1', result: async () => Promise.reject(end) });
  const context = { id: 'export_1', snoozes, start, progress: () => undefined } as never;
  const { token, ...input } = inputFor(SOURCE);
  const handler = handle(new AllowedOrigins([]));
  return Promise.resolve(handler({ ...input, token }, context)).catch((thrown: unknown) => thrown);
}

test('looks again later and later while the parts are under way', async () => {
  const underWay = new ResultTimeoutError('flow_1', 2_000, 'running');
  const all = [0, 1, 27, 28, 90].map(async (snoozes) => thrownOver(underWay, snoozes));
  const delays = (await Promise.all(all)).map((snooze) => (snooze as Snooze).delayMs);
  expect(delays).toEqual([2_000, 3_000, 29_000, 30_000, 30_000]);
});

test('fails for good with the part that failed', async () => {
  const failed = new TaskFailedError('flow_1', 'failed', 'part "shp" failed: no');
  const thrown = await thrownOver(failed);
  expect(thrown).toBeInstanceOf(NonRetryableError);
  expect(thrown).toMatchObject({ message: expect.stringContaining('part "shp" failed: no') });
});

test('asks no host that may not be read', async () => {
  const input = inputFor('https://land.example.org/api');
  const { outcome, started } = await runAttempt(exportProject, quickExports(), input);
  expect(outcome).toMatchObject({ kind: 'failed', error: { name: 'NonRetryableError' } });
  expect(started).toEqual([]);
});

test.each([
  ['org', '', 'letters'],
  ['org', '../x', 'letters'],
  ['project', 'a b', 'letters'],
  ['project', 'a/b', 'letters'],
  ['format', 'csv', 'xls'],
  ['source', 'ftp://host/api', 'https://'],
  ['source', 'no address', 'https://'],
  ['source', 'https://user:pw@host/api', 'without a user'],
  ['source', 'https://host/api?x=1', 'without a user'],
  ['token', '', 'ASCII'],
  ['token', 'a\r\nX-Header: b', 'ASCII'],
  ['extra', 'x', 'extra'],
])('refuses a bad %s: %j', (field, value, message) => {
  const input = exportProject.input.safeParse({ ...inputFor(SOURCE), [field]: value });
  expect(input.success).toBe(false);
  expect(JSON.stringify(input.error?.issues)).toContain(message);
});

test('reads six parts of one host at a time at most', () => {
  const { key, limit } = exportPart.concurrency ?? {};
  const input = { ...inputFor('https://a.example.org/api'), part: 'xls', folder: 'x' } as const;
  expect(key?.(input)).toBe('https://a.example.org');
  expect(limit).toBe(6);
});
