import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliUnderTest, startCliUnderTest } from './startCliUnderTest.ts';

const folder = mkdtempSync(join(tmpdir(), 'taskfleet-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

let cli: CliUnderTest;
beforeAll(async () => {
  cli = await startCliUnderTest();
});
afterAll(() => cli.stop());

describe('put', () => {
  it('stores a file under a key of its own and prints the reference', async () => {
    const file = join(folder, 'Été.JPG');
    writeFileSync(file, 'a photo');
    const { stdout } = await cli.run('put', file);
    expect(stdout).toMatch(/^artifact:uploads\/[0-9a-f]{32}\/Ete\.JPG\n$/);
    const Key = stdout.trim().slice('artifact:'.length);
    const Bucket = cli.platform.environment.TASKFLEET_BUCKET;
    const stored = await cli.platform.clients.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await stored.Body?.transformToString()).toBe('a photo');
    expect(stored.ContentType).toBe('image/jpeg');
  });

  it('describes what it stored to programs, and takes another name', async () => {
    const file = join(folder, 'a.bin');
    writeFileSync(file, '12345');
    const { stdout } = await cli.run('put', file, '--name', 'beach.png', '--json');
    expect(JSON.parse(stdout)).toEqual({
      ref: expect.stringMatching(/^artifact:uploads\/[0-9a-f]{32}\/beach\.png$/),
      name: 'beach.png',
      sizeBytes: 5,
      contentType: 'image/png',
    });
  });

  it('replaces a file where it is told to store it', async () => {
    const file = join(folder, 'list.json');
    for (const text of ['["first"]', '["second"]']) {
      writeFileSync(file, text);
      const { stdout } = await cli.run('put', file, '--at', 'lists/layers.json');
      expect(stdout).toBe('artifact:uploads/lists/layers.json\n');
    }
    const out = join(folder, 'out.json');
    await cli.run('get', 'artifact:uploads/lists/layers.json', out);
    expect(readFileSync(out, 'utf8')).toBe('["second"]');
  });

  it.each(['', '/a', '../a', 'a/', 'a\nb'])('refuses to store at %j', async (at) => {
    const file = join(folder, 'list.json');
    writeFileSync(file, '[]');
    const { exitCode, stderr } = await cli.run('put', file, '--at', at);
    expect({ exitCode, lines: stderr.trim().split('\n') }).toEqual({
      exitCode: 2,
      lines: [expect.stringContaining('artifact:uploads/')],
    });
  });
});

describe('get', () => {
  const stored = async (name: string, text: string) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return (await cli.run('put', file)).stdout.trim();
  };

  it('writes a stored file, and nothing over a file that is there', async () => {
    const ref = await stored('notes.txt', 'as stored');
    const target = join(folder, 'fetched.txt');
    expect(await cli.run('get', ref, target)).toMatchObject({ exitCode: 0, stdout: `${target}\n` });
    writeFileSync(target, 'mine');
    expect(await cli.run('get', ref, target)).toMatchObject({
      exitCode: 2,
      stderr: `error: could not write ${target}: it is there already; --force replaces it\n`,
    });
    expect(readFileSync(target, 'utf8')).toBe('mine');
    await cli.run('get', ref, target, '--force');
    expect(readFileSync(target, 'utf8')).toBe('as stored');
  });

  it('brings a file back that is larger than one request takes', async () => {
    const ref = await stored('large.bin', 'x'.repeat(20_000_000));
    const target = join(folder, 'large.copy');
    const { stdout } = await cli.run('get', ref, target, '--json');
    expect(JSON.parse(stdout)).toEqual({ ref, file: target, sizeBytes: 20_000_000 });
  });

  it.each([
    ['photo.jpg', 'expected a reference such as artifact:uploads/photo.jpg, got "photo.jpg"'],
    ['artifact:none', 'nothing is stored under "artifact:none"'],
  ])('refuses %s in one line', async (ref, line) => {
    const target = join(folder, 'never');
    expect(await cli.run('get', ref, target)).toMatchObject({
      exitCode: 2,
      stderr: `error: ${line}\n`,
    });
  });
});
