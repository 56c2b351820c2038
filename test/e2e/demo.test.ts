import { rmSync } from 'node:fs';
import { isGitThere } from '@taskfleet/worker-layers/demo';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newHome, startFleetWith } from '../fixtures/localFleet.ts';
import type { Program } from '../fixtures/programOutput.ts';

interface Picture {
  readonly square?: string;
}

const PATIENCE = { timeout: 30_000, interval: 200 };

/** As the README has it: `npm start`, and the page whose address it prints. */
/** Every worker is a process, which a busy machine starts slowly. */
const STARTED_WITHIN_MS = 180_000;

describe('the host application of npm start', { timeout: 60_000 }, () => {
  const home = newHome();
  let fleet: Program;
  let address: string;

  const read = async (path: string) => JSON.parse(await (await fetch(`${address}${path}`)).text());
  const post = async (path: string, body: object = {}) => {
    const headers = { origin: address, 'content-type': 'application/json' };
    const request = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${address}${path}`, request);
    return { status: response.status, body: await response.json() };
  };
  const isAvailable = async () => (await read('/state')).availability.available;

  beforeAll(async () => {
    fleet = startFleetWith({ PORT: '0' }, home);
    await fleet.printed('Ctrl-C stops it');
    const [, demo = ''] = /uses it: (\S+\/demo)/.exec(fleet.output()) ?? [];
    const { headers } = await fetch(demo, { redirect: 'manual' });
    address = new URL(headers.get('location') ?? '').origin;
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    fleet.process.kill('SIGTERM');
    await fleet.ended;
    rmSync(home, { recursive: true, force: true });
  });

  it('exports its project to a zip', async () => {
    expect(await post('/project/exports', { format: 'all' })).toMatchObject({ status: 202 });
    const link = async () => (await read('/project/exports')).exports[0]?.output?.links[0]?.url;
    await expect.poll(link, PATIENCE).toMatch(/\.zip/);
    const zip = await (await fetch(await link())).bytes();
    expect(Buffer.from(zip.subarray(0, 2)).toString()).toBe('PK');
  });

  it('sends an e-mail that its mail server catches', async () => {
    const to = 'members@example.org';
    await post('/mail/messages', { to, subject: 'Open on Saturday', text: 'From 9 to 12.' });
    const letter = async () => (await read('/mail/messages')).letters[0];
    const expected = { to: [to], subject: 'Open on Saturday', text: 'From 9 to 12.' };
    await expect.poll(letter, PATIENCE).toMatchObject(expected);
  });

  it('fills its gallery with thumbnails, which go with their photo', async () => {
    await post('/gallery/samples');
    const squares = async () =>
      (await read('/gallery/photos')).photos.flatMap(({ square }: Picture) => square ?? []);
    await expect.poll(async () => (await squares()).length, PATIENCE).toBe(5);
    const [first] = await squares();
    const picture = async () =>
      (await fetch(`${address}/gallery/pictures?ref=${encodeURIComponent(first)}`)).status;
    expect(await picture()).toBe(200);
    expect(await post('/gallery/removals', { name: 'balloons.jpg' })).toMatchObject({
      status: 202,
    });
    await expect.poll(picture, PATIENCE).toBe(404);
    expect(await squares()).toHaveLength(4);
  });

  it.skipIf(!isGitThere())('indexes a layer', async () => {
    await read('/layers/state');
    expect(await post('/layers/updates', { name: 'meta-core' })).toMatchObject({ status: 202 });
    const core = async () => (await read('/layers/state')).layers[0];
    await expect.poll(core, PATIENCE).toMatchObject({ state: 'succeeded', indexed: {} });
  });

  it('stops the broker and starts it again, takes e-mails meanwhile, and nothing else', async () => {
    await post('/broker', { wanted: 'stopped' });
    // Nobody schedules anything, and yet it is known.
    await vi.waitUntil(async () => !(await isAvailable()), PATIENCE);
    const refused = await post('/project/exports', { format: 'xls' });
    expect(refused.status).toBe(503);
    const kept = { to: 'a@example.org', subject: 'Kept', text: 'x' };
    expect(await post('/mail/messages', kept)).toMatchObject({ status: 202 });

    await post('/broker', { wanted: 'running' });
    await vi.waitUntil(isAvailable, PATIENCE);
    const newest = async () => (await read('/mail/messages')).letters[0]?.subject;
    await expect.poll(newest, PATIENCE).toBe('Kept');
    expect(await post('/project/exports', { format: 'xls' })).toMatchObject({ status: 202 });
  });
});
