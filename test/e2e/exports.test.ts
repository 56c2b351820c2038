import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { exportPart, exportProject } from '@taskfleet/worker-export/contract';
import { type Fault, madeProject, sampleProject } from '@taskfleet/worker-export/demo';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rowsIn } from '../../workers/export/testing/attemptPart.ts';
import { inputFor, quickExports } from '../../workers/export/testing/exports.ts';
import { openZip } from '../../workers/export/testing/openZip.ts';
import { startHost, TOKEN } from '../../workers/export/testing/startHost.ts';
import { type BootedFleet, bootFleet } from '../kit/fleetForTests.ts';
import { clientsFor, configOf } from '../kit/parts.ts';

const PATIENCE = { timeout: '60s' } as const;
const SLOW_MS = 120_000;

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'exports-'));
  vi.stubEnv('TMPDIR', temporary);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(temporary, { recursive: true });
});

async function bootExports() {
  const booted = await bootFleet({ workers: [quickExports()] });
  return { ...booted, [Symbol.asyncDispose]: async () => booted.fleet.stop() };
}

async function download(url = ''): Promise<ReadonlyMap<string, Buffer>> {
  return openZip(new Uint8Array(await (await fetch(url)).arrayBuffer()));
}

const FAULTS: readonly Fault[] = [
  { kind: 'tooMany', retryAfter: '1' },
  { kind: 'broken', status: 500 },
  { kind: 'slow', milliseconds: 50 },
  { kind: 'noJson' },
  { kind: 'cutOff' },
];

test('exports 5,000 locations whole from a host with faults', { timeout: SLOW_MS }, async () => {
  // Every third request meets the next fault.
  const faults = (_path: string, number: number) =>
    number % 3 === 0 ? FAULTS[(number / 3) % FAULTS.length] : undefined;
  const projects = { 'ilha/fields': madeProject(5_000) };
  await using host = await startHost({ projects, pageSize: 250, faults });
  await using exports = await bootExports();
  const handle = await exports.fleet.schedule(exportProject, inputFor(host.source));
  const { links } = await handle.result(PATIENCE);
  const files = await download(links[0]?.url);
  const workbook = files.get('xls/fields.xlsx') ?? Buffer.alloc(0);
  const rows = await rowsIn(workbook, 'locations');
  expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 5_000 }, (_, i) => `loc-${i}`));
  expect(await rowsIn(workbook, 'relationships')).toHaveLength(5_000);
  expect(files.get('shp/README.txt')?.toString()).toContain('polygons.shp: 4000 records\r\n');
  expect(files.get('res/files/deed (10).txt')).toHaveLength(20_000);
});

/** A host whose first download never ends, and word of when it has begun. */
async function holdingHost() {
  const held = Promise.withResolvers<void>();
  let downloads = 0;
  const faults = (path: string): Fault | undefined => {
    if (!path.startsWith('/files/')) return undefined;
    downloads += 1;
    if (downloads > 1) return undefined;
    held.resolve();
    return { kind: 'slow', milliseconds: SLOW_MS * 10 };
  };
  const host = await startHost({ projects: { 'ilha/fields': sampleProject() }, faults });
  return { host, held: held.promise, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() };
}

const partIs = (part: string) => (task: { readonly input?: unknown }) =>
  (task.input as { readonly part?: string }).part === part;

test('does no finished part again when its worker is killed', { timeout: SLOW_MS }, async () => {
  await using holding = await holdingHost();
  await using exports = await bootExports();
  const { fleet } = exports;
  const handle = await fleet.schedule(exportProject, inputFor(holding.host.source));
  await holding.held;
  for (const part of ['xls', 'shp']) await fleet.spy.succeeded(exportPart, partIs(part));
  const before = holding.host.asked.filter((path) => path.includes('/spatial/')).length;
  const startAnother = await fleet.faults.workerKilled('export');
  await startAnother();
  const { links } = await handle.result(PATIENCE);
  expect([...(await download(links[0]?.url)).keys()]).toContain('xls/fields.xlsx');
  const after = holding.host.asked.filter((path) => path.includes('/spatial/')).length;
  expect([before, after]).toEqual([2, 2]);
  const again = await fleet.spy.succeeded(exportPart, partIs('res'));
  expect(again).toMatchObject({ attempt: 2 });
});

test(
  'ends with its family when somebody cancels it, and leaves nothing on the disk',
  { timeout: SLOW_MS },
  async () => {
    await using holding = await holdingHost();
    await using exports = await bootExports();
    const { fleet, ground } = exports;
    const handle = await fleet.schedule(exportProject, inputFor(holding.host.source));
    await holding.held;
    expect(readdirSync(temporary).join()).toContain('taskfleet-export-');
    await fleet.access.cancelFamily(ground.fleet, handle.id, 'alice');
    await fleet.spy.cancelled(exportPart, partIs('res'), { timeout: '30s' });
    await expect(handle.result(PATIENCE)).rejects.toThrow('cancelled by alice');
    await vi.waitFor(() => expect(readdirSync(temporary)).toEqual([]), { timeout: 10_000 });
  },
);

test('names the part that failed in the error of its family', { timeout: SLOW_MS }, async () => {
  const faults = (path: string): Fault | undefined =>
    path.includes('/tenure/')
      ? { kind: 'redirect', to: 'http://127.0.0.1:9/elsewhere' }
      : undefined;
  await using host = await startHost({ projects: { 'ilha/fields': sampleProject() }, faults });
  await using exports = await bootExports();
  const handle = await exports.fleet.schedule(exportProject, inputFor(host.source));
  await expect(handle.result(PATIENCE)).rejects.toThrow(
    /part "xls" failed: relationships, page 1: expected a page of/,
  );
});

test('leaves the token nowhere, whether it succeeds or fails', { timeout: SLOW_MS }, async () => {
  await using host = await startHost({ projects: { 'ilha/fields': sampleProject() } });
  await using exports = await bootExports();
  const { fleet } = exports;
  const good = await fleet.schedule(exportProject, inputFor(host.source));
  const { links } = await good.result(PATIENCE);
  const refused = 'tok-of-somebody-else';
  const bad = await fleet.schedule(exportProject, { ...inputFor(host.source), token: refused });
  await expect(bad.result(PATIENCE)).rejects.toThrow('does not take the token');
  const traces = [...(await tracesOf(exports)), JSON.stringify(links)];
  const having = (text: string) => traces.filter((trace) => trace.includes(text)).length;
  // What is there is found: in records, in the log, in files of zips of zips.
  expect(
    [having(good.id), having('Ana Soto'), having('deed.txt')].every((found) => found > 0),
  ).toBe(true);
  expect([having(TOKEN), having(refused)]).toEqual([0, 0]);
});

/** All that a fleet has left: records, keys and contents of files, and log. */
async function tracesOf({ fleet, ground }: BootedFleet): Promise<string[]> {
  const { dynamodb, tableName } = ground.table;
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableName }));
  const { s3 } = clientsFor(ground, 'the test');
  const Bucket = configOf(ground).bucketName;
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const traces = [JSON.stringify(Items), JSON.stringify(fleet.log.lines)];
  for (const { Key = '' } of Contents) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const texts = await textsIn(Key, (await Body?.transformToByteArray()) ?? new Uint8Array());
    traces.push(Key, ...texts);
  }
  return traces;
}

async function textsIn(name: string, bytes: Uint8Array): Promise<string[]> {
  if (!/\.(zip|xlsx)$/.test(name)) return [name, Buffer.from(bytes).toString()];
  const inside = [...(await openZip(bytes))].map(async ([path, body]) => textsIn(path, body));
  return [name, ...(await Promise.all(inside)).flat()];
}
