import type { ArtifactRef } from '@taskfleet/toolbox/contract';
import { runAttempt } from '@taskfleet/toolbox/testing';
import { expect, test } from 'vitest';
import { exportBundle } from '../contract.ts';
import { quickExports } from '../testing/exports.ts';
import { openZip } from '../testing/openZip.ts';

const part = (name: 'xls' | 'shp' | 'res') => ({ part: name, rows: 1, files: 1, notes: [] });
const FILES: Record<ArtifactRef, Uint8Array> = {
  'artifact:export/f1/parts/xls/fields.xlsx': Buffer.from('workbook'),
  'artifact:export/f1/parts/res/files/a.txt': Buffer.from('a'.repeat(1_000)),
  'artifact:export/f1/parts/res/files/ü.jpg': Buffer.from('b'.repeat(1_000)),
  'artifact:export/f2/parts/xls/fields.xlsx': Buffer.from('of another export'),
};
const ZIP = 'artifact:export/f1/fields-all.zip';
const input = { folder: 'f1', project: 'fields', parts: [part('xls'), part('res')] };

test('zips what the parts have stored, and removes it', async () => {
  const end = await runAttempt(exportBundle, quickExports(), input, { files: FILES });
  const files = await openZip(end.stored.get(ZIP)?.body ?? new Uint8Array());
  expect([...files].map(([name, body]) => [name, body.length])).toEqual([
    ['xls/fields.xlsx', 8],
    ['res/files/a.txt', 1_000],
    ['res/files/ü.jpg', 1_000],
  ]);
  expect([...end.removed].toSorted()).toEqual(Object.keys(FILES).slice(0, 3).toSorted());
  expect(end.output.links).toEqual([
    {
      text: 'fields: workbook, resources (zip)',
      url: expect.stringContaining('f1/fields-all.zip'),
    },
  ]);
});

test('has one part without a folder', async () => {
  const one = { ...input, parts: [part('xls')] };
  const end = await runAttempt(exportBundle, quickExports(), one, { files: FILES });
  const zip = end.stored.get('artifact:export/f1/fields-xls.zip');
  expect([...(await openZip(zip?.body ?? new Uint8Array())).keys()]).toEqual(['fields.xlsx']);
});

test('gives the link of an earlier attempt whose end nobody heard of', async () => {
  const files = { [ZIP]: Buffer.from('the zip of before') };
  const end = await runAttempt(exportBundle, quickExports(), input, { files });
  expect(end.output.links).toHaveLength(1);
  expect(end.stored.size).toBe(0);
});

test("stores nothing when a part's file cannot be read", async () => {
  const broken = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('some');
    throw new Error('the bucket is away');
  };
  const artifacts = { stream: async () => broken() };
  const end = await runAttempt(exportBundle, quickExports(), input, { files: FILES, artifacts });
  expect(end.outcome).toMatchObject({ kind: 'retrying', error: { message: 'the bucket is away' } });
  expect([end.stored.size, end.removed.size]).toEqual([0, 0]);
});
