import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NonRetryableError, RetryAfter } from '@taskfleet/toolbox/contract';
import { type AttemptOptions, runAttempt } from '@taskfleet/toolbox/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportPart } from '../contract.ts';
import type { Fault } from '../demo/faults.ts';
import { sampleProject } from '../demo/sampleProject.ts';
import { quickExports } from '../testing/exports.ts';
import { startHost, TOKEN } from '../testing/startHost.ts';

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'part-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

/** An attempt on a host whose third request meets a fault. */
async function attemptWith(fault?: Fault, options: AttemptOptions = {}) {
  const faults = (_path: string, number: number) => (number >= 3 ? fault : undefined);
  await using host = await startHost({ projects: { 'ilha/fields': sampleProject() }, faults });
  const where = { org: 'ilha', project: 'fields', source: host.source, token: TOKEN };
  return await runAttempt(
    exportPart,
    quickExports(),
    { ...where, part: 'xls', folder: 'f1' },
    options,
  );
}

test('removes what an earlier attempt has left, and nothing else', async () => {
  const stale = 'artifact:export/f1/parts/xls/other.xlsx';
  const files = {
    [stale]: Buffer.from('old'),
    'artifact:export/f1/parts/shp/a.shp': Buffer.from('a'),
  };
  const { stored, removed } = await attemptWith(undefined, { files });
  expect([...stored.keys()]).toEqual(['artifact:export/f1/parts/xls/fields.xlsx']);
  expect([...removed]).toEqual([stale]);
});

test('stores nothing when it cannot read all, and is tried again', async () => {
  const { outcome, stored } = await attemptWith({ kind: 'broken', status: 500 });
  expect(outcome).toMatchObject({ kind: 'retrying' });
  expect(outcome).toMatchObject({
    error: {
      message: expect.stringMatching(
        /^part "xls" failed: relationships, page 1: .* answered 500, 5 times$/,
      ),
    },
  });
  expect(stored.size).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
});

test('says which part failed for good', async () => {
  const { outcome } = await attemptWith({ kind: 'redirect', to: 'http://127.0.0.1:9/' });
  expect(outcome).toMatchObject({ kind: 'failed', error: expect.any(NonRetryableError) });
  expect(outcome).toMatchObject({
    error: { message: expect.stringContaining('part "xls" failed') },
  });
});

test('comes back when the host wants it to', async () => {
  const { outcome } = await attemptWith({ kind: 'tooMany', retryAfter: '90' });
  expect(outcome).toMatchObject({
    kind: 'retrying',
    delayMs: 90_000,
    error: expect.any(RetryAfter),
  });
});

test('leaves nothing on the disk when it is cancelled', async () => {
  const begun = Promise.withResolvers<void>();
  await using host = await startHost({
    projects: { 'ilha/fields': sampleProject() },
    faults: () => ({ kind: 'slow', milliseconds: 600_000 }),
    onRequest: () => begun.resolve(),
  });
  const where = { org: 'ilha', project: 'fields', source: host.source, token: TOKEN };
  const attempt = runAttempt(exportPart, quickExports(), { ...where, part: 'shp', folder: 'f1' });
  await begun.promise;
  expect(readdirSync(temporary)).toHaveLength(1);
  attempt.cancel();
  expect((await attempt).outcome.kind).toBe('cancelled');
  expect(readdirSync(temporary)).toEqual([]);
});

test('shows its token to nobody', async () => {
  const { logged, progress, output } = await attemptWith();
  expect(JSON.stringify([logged, progress, output])).not.toContain(TOKEN);
  expect(logged).toMatchObject([{ message: 'part.stored', fields: { part: 'xls', rows: 9 } }]);
});
