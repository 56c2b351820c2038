import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArtifact } from '@taskfleet/toolbox/artifacts';
import { createClients } from '@taskfleet/toolbox/aws';
import { artifactRef } from '@taskfleet/toolbox/contract';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { claimingPng } from '../../workers/thumbnails/testing/photos.ts';
import { cli, configIn, newHome, startFleet } from '../fixtures/localFleet.ts';
import type { Program } from '../fixtures/programOutput.ts';

const image = z.object({ ref: artifactRef, width: z.int(), height: z.int() });
const taskShape = z.object({
  id: z.string(),
  state: z.string(),
  attempt: z.int(),
  output: z.record(z.string(), image).optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
});

/** As the README has it: `npm start` in one terminal, `npx taskfleet` in another. */
/** Every worker is a process, which a busy machine starts slowly. */
const STARTED_WITHIN_MS = 180_000;

describe('a fleet on a laptop', { timeout: 60_000 }, () => {
  const home = newHome();
  const photo = join(home, 'photo.jpg');
  let fleet: Program;

  const run = async (...args: readonly string[]) => {
    const program = cli(home, ...args);
    return { code: await program.ended, stdout: program.stdout(), stderr: program.stderr() };
  };
  const put = async (file: string) =>
    z.object({ ref: artifactRef }).parse(JSON.parse((await run('put', file, '--json')).stdout)).ref;
  const thumbnails = async (ref: string) => {
    const input = JSON.stringify({ gallery: 'g', photo: ref });
    return run('schedule', 'thumbnails.create', input, '--wait', '--json');
  };

  beforeAll(async () => {
    await sharp({ create: { width: 3_000, height: 2_000, channels: 3, background: 'orange' } })
      .jpeg()
      .toFile(photo);
    fleet = startFleet(home);
    await fleet.printed('The fleet is up.');
  }, STARTED_WITHIN_MS);

  afterAll(async () => {
    fleet.process.kill('SIGTERM');
    await fleet.ended;
    rmSync(home, { recursive: true, force: true });
  });

  it('shows a demonstration that succeeded, one line for each part', () => {
    const output = fleet.output();
    for (const part of ['queues', 'table', 'platform', 'thumbnails']) {
      expect(output).toMatch(new RegExp(`✔ ${part} `));
    }
    expect(output.match(/✔ succeeded/g)).toHaveLength(5);
    expect(output).not.toMatch(/✖/);
  });

  it('makes the four sizes of a photo, and stores them with these sizes', async () => {
    const { code, stdout, stderr } = await thumbnails(await put(photo));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { state, output = {} } = taskShape.parse(JSON.parse(stdout));
    expect(state).toBe('succeeded');
    expect(Object.keys(output)).toEqual(['large', 'medium', 'small', 'square']);
    expect(await storedSizes(home, output)).toEqual(output);
    expect(output['square']).toMatchObject({ width: 160, height: 160 });
    expect(output['large']).toMatchObject({ width: 2_048, height: 1_365 });
  });

  it.each([
    {
      what: 'a file that is no image',
      make: async () => Buffer.from('no image'),
      says: /expected JPEG/,
    },
    { what: 'a photo that ends early', make: async () => truncated(photo), says: /bad\.jpg/ },
    {
      what: 'a decompression bomb',
      make: async () => claimingPng({ width: 60_000, height: 60_000 }),
      says: /megapixels/,
    },
  ])('fails the task at once for $what', async ({ make, says }) => {
    const file = join(home, 'bad.jpg');
    writeFileSync(file, await make());
    expect(await oneLineFailure(await put(file))).toMatch(says);
  });

  it('fails the task at once for a reference to nothing', async () => {
    expect(await oneLineFailure('artifact:uploads/none.jpg')).toContain('uploads/none.jpg');
  });

  it.each([
    {
      what: 'an unknown task',
      args: ['thumbnails.creat', '{}'],
      says: /did you mean "thumbnails.create"/,
    },
    { what: 'input that is no JSON', args: ['thumbnails.create', '{"gallery":'], says: /JSON/ },
    {
      what: 'input that does not fit',
      args: ['thumbnails.create', '{"gallery":3}'],
      says: /gallery.*string/,
    },
  ])('schedules nothing and exits with 2 for $what', async ({ args, says }) => {
    const before = await listed();
    const { code, stdout, stderr } = await run('schedule', ...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(await listed()).toEqual(before);
  });

  it('exits with 2 for a file that cannot be read', async () => {
    mkdirSync(join(home, 'folder'));
    for (const file of ['none.jpg', 'folder']) {
      const { code, stderr } = await run('put', join(home, file));
      expect(code).toBe(2);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    }
  });

  it('refuses a second fleet in the same folder, naming the first', async () => {
    const second = startFleet(home);
    expect(await second.ended).toBe(2);
    expect(second.stderr()).toContain(`process ${fleet.process.pid}`);
  });

  it('stops on Ctrl-C, and a later start finds the earlier tasks', async () => {
    const [newest] = await listed();
    fleet.process.kill('SIGINT');
    expect(await fleet.ended).toBe(0);
    expect((await run('list')).stderr).toMatch(/no fleet found/);
    fleet = startFleet(home);
    await fleet.printed('The fleet is up.');
    expect(fleet.output()).toContain('Found earlier tasks');
    expect(await listed()).toContain(newest);
  });

  async function listed(): Promise<string[]> {
    const { stdout } = await run('list', '--json');
    const { tasks } = z
      .object({ tasks: z.array(z.object({ id: z.string() })) })
      .parse(JSON.parse(stdout));
    return tasks.map(({ id }) => id);
  }

  /** The recorded reason, after checking that the task failed in its first attempt, with exit code 1. */
  async function oneLineFailure(ref: string): Promise<string> {
    const { code, stdout } = await thumbnails(ref);
    const { state, attempt, error } = taskShape.parse(JSON.parse(stdout));
    expect({ code, state, attempt }).toEqual({ code: 1, state: 'failed', attempt: 1 });
    expect(error?.message).not.toContain('\n');
    return error?.message ?? '';
  }
});

async function storedSizes(home: string, output: Record<string, z.output<typeof image>>) {
  const { bucketName, ...config } = configIn(home);
  const bucket = { s3: createClients(config).s3, bucketName };
  const sizes = Object.entries(output).map(async ([name, { ref }]) => {
    const { width, height } = await sharp(await readArtifact(bucket, ref)).metadata();
    return [name, { ref, width, height }] as const;
  });
  return Object.fromEntries(await Promise.all(sizes));
}

async function truncated(file: string): Promise<Buffer> {
  const whole = await sharp(file).toBuffer();
  return whole.subarray(0, whole.length / 2);
}
