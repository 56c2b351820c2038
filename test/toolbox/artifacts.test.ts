import { setTimeout as pause } from 'node:timers/promises';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { LOCAL_REGION } from '@taskfleet/infra/local';
import { artifactsOf } from '@taskfleet/toolbox/artifacts';
import { createClients } from '@taskfleet/toolbox/aws';
import type { ArtifactRef, StoredArtifact } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type QueuesEmulator, startQueues } from '../../infra/local/emulators/queues.ts';
import { emulatorEndpoints } from '../../infra/local/startStack.ts';

const MIB = 1_048_576;

let emulator: QueuesEmulator;
let s3: ReturnType<typeof createClients>['s3'];
/** Names of the requests so far. */
const sent: string[] = [];
beforeAll(async () => {
  emulator = await startQueues({});
  const { endpoint } = emulator;
  const endpoints = emulatorEndpoints({ queues: endpoint, table: endpoint });
  ({ s3 } = createClients({ region: LOCAL_REGION, endpoints }));
  s3.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        sent.push(commandName.replace('Command', ''));
        return next(args);
      },
    { step: 'initialize' },
  );
});
afterAll(async () => {
  s3.destroy();
  await emulator.stop();
});

let buckets = 0;
let bucketName: string;
beforeEach(async () => {
  bucketName = `files-${(buckets += 1)}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucketName }));
  sent.length = 0;
});

const files = (signal?: AbortSignal) =>
  artifactsOf({ s3, bucketName }, { worker: 'export', ...(signal && { signal }) });

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of source) found.push(one);
  return found;
}

/** So many MiB, each of another letter. */
async function* mebibytes(count: number): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < count; n += 1) yield Buffer.alloc(MIB, 97 + (n % 26));
}

const upload = async (key: string, body = key) =>
  s3.send(new PutObjectCommand({ Bucket: bucketName, Key: key, Body: body }));

describe('a file that is written bit by bit', () => {
  it('goes in parts, and is read back bit by bit', async () => {
    const ref = await files().write('big.bin', mebibytes(20), 'application/x-big');
    expect(sent.filter((name) => name === 'UploadPart')).toHaveLength(3);
    let length = 0;
    for await (const bit of await files().stream(ref)) {
      expect(bit[0]).toBe(97 + Math.floor(length / MIB));
      expect(bit.length).toBeLessThanOrEqual(MIB);
      length += bit.length;
    }
    expect(length).toBe(20 * MIB);
  });

  it.each([
    ['nothing', []],
    ['empty bits', ['', 'ab', '']],
    ['small bits', ['a', 'b']],
  ])('may be of %s', async (_what, bits) => {
    async function* source() {
      for (const bit of bits) yield Buffer.from(bit);
    }
    const ref = await files().write('small.txt', source(), 'text/plain');
    expect(Buffer.from(await files().read(ref)).toString()).toBe(bits.join(''));
  });

  it.each([1, 20])('is not stored when its source throws after %i MiB', async (count) => {
    async function* source() {
      yield* mebibytes(count);
      throw new RangeError('no more');
    }
    const written = files().write('half.bin', source(), 'text/plain');
    await expect(written).rejects.toThrow(new RangeError('no more'));
    await expectNothingStored();
  });

  it.each([1, 20])('is not stored when the signal aborts after %i MiB', async (count) => {
    const ending = new AbortController();
    let isEnded = false;
    async function* source() {
      try {
        yield* mebibytes(count);
        ending.abort(new RangeError('enough'));
        // Heeds no signal.
        await pause(1);
        yield* mebibytes(1);
      } finally {
        isEnded = true;
      }
    }
    const written = files(ending.signal).write('half.bin', source(), 'text/plain');
    await expect(written).rejects.toThrow(new RangeError('enough'));
    await expectNothingStored();
    await expect.poll(() => isEnded).toBe(true);
  });

  it('is not begun once the signal has aborted', async () => {
    const ended = AbortSignal.abort(new RangeError('over'));
    const written = files(ended).write('late.txt', Buffer.from('late'), 'text/plain');
    await expect(written).rejects.toThrow(new RangeError('over'));
    expect(sent).toEqual([]);
  });

  it('is asked for no faster than it is stored', async () => {
    let given = 0;
    async function* source() {
      for await (const bit of mebibytes(120)) {
        given += 1;
        const stored = sent.filter((name) => name === 'UploadPart').length;
        // Two parts under way, one that is gathered, and the bits between.
        expect(given - 8 * stored).toBeLessThanOrEqual(2 * 8 + 2);
        yield bit;
      }
    }
    await files().write('paced.bin', source(), 'text/plain');
    expect(given).toBe(120);
  });
});

async function expectNothingStored(): Promise<void> {
  expect(await all(files().list('artifact:export/'))).toEqual([]);
  expect(sent.filter((name) => name === 'CompleteMultipartUpload')).toEqual([]);
  const begun = sent.filter((name) => name === 'CreateMultipartUpload');
  expect(sent.filter((name) => name === 'AbortMultipartUpload')).toHaveLength(begun.length);
}

describe('a file that is read bit by bit', () => {
  it('is not there: ArtifactNotFoundError', async () => {
    const read = files().stream('artifact:uploads/none.bin');
    await expect(read).rejects.toThrow('nothing is stored under "artifact:uploads/none.bin"');
  });

  it('ends with the signal, for whoever reads it and for who does later', async () => {
    const ending = new AbortController();
    const ref = await files().write('big.bin', mebibytes(20), 'text/plain');
    const [one, other] = [
      await files(ending.signal).stream(ref),
      await files(ending.signal).stream(ref),
    ];
    const reading = (async () => {
      for await (const _bit of one) ending.abort(new RangeError('enough'));
    })();
    await expect(reading).rejects.toThrow(new RangeError('enough'));
    await expect(all(other)).rejects.toThrow(new RangeError('enough'));
  });

  it('holds no connection when its reader has enough', async () => {
    const ref = await files().write('big.bin', mebibytes(20), 'text/plain');
    // One client has 50 connections.
    for (let n = 0; n < 60; n += 1) {
      for await (const _bit of await files().stream(ref)) break;
    }
    expect(await files().find(ref)).toMatchObject({ sizeBytes: 20 * MIB });
  });
});

describe('a list', () => {
  it('has every file below the folder, page after page, in order of keys', async () => {
    const names = Array.from({ length: 2_345 }, (_, n) => (n % 2 ? `b${n}.jpg` : `B${n}.JPG`));
    for (let at = 0; at < names.length; at += 100) {
      const some = names.slice(at, at + 100);
      await Promise.all(some.map(async (name) => upload(`uploads/g/${name}`, '12345')));
    }
    await upload('uploads/g2/other.jpg');
    await upload('uploads/g/');
    sent.length = 0;
    const listed = await all(files().list('artifact:uploads/g/'));
    expect(listed.map(({ ref }) => ref)).toEqual(
      names.map((name) => `artifact:uploads/g/${name}`).toSorted(),
    );
    expect(sent).toEqual(['ListObjectsV2', 'ListObjectsV2', 'ListObjectsV2']);
    expect(new Set(listed.map(({ sizeBytes }) => sizeBytes))).toEqual(new Set([5]));
  }, 60_000);

  it('says of a file what is found of it alone', async () => {
    await upload('uploads/a.txt', 'one');
    const [listed] = await all(files().list('artifact:uploads/'));
    expect(await files().find('artifact:uploads/a.txt')).toEqual(listed);
    expect(listed).toMatchObject({ ref: 'artifact:uploads/a.txt', sizeBytes: 3 });
    expect((listed as StoredArtifact).modifiedAt % 1_000).toBe(0);
    await upload('uploads/a.txt', 'two');
    const replaced = await files().find('artifact:uploads/a.txt');
    expect(replaced?.version).not.toBe(listed?.version);
    expect(await files().find('artifact:uploads/b.txt')).toBeUndefined();
  });

  it.each<ArtifactRef>([
    'artifact:',
    'artifact:upload',
    'artifact:uploads',
    'artifact:uploads/g',
    'artifact:uploads/../export/',
    'artifact:uploads//',
    'artifact:other/',
    'artifact:export-2/',
    'artifact:offload/',
  ])('is not had of %s', (folder) => {
    const message =
      `artifact folder: expected artifact:export/ or artifact:uploads/, ` +
      `or a folder below that ends with "/", got "${folder}"`;
    expect(() => files().list(folder)).toThrow(message);
  });

  it('ends with the signal', async () => {
    await upload('uploads/a.txt');
    await upload('uploads/b.txt');
    const ending = new AbortController();
    const listing = (async () => {
      for await (const _file of files(ending.signal).list('artifact:uploads/')) {
        ending.abort(new RangeError('enough'));
      }
    })();
    await expect(listing).rejects.toThrow(new RangeError('enough'));
  });
});

describe('a removal', () => {
  it('takes any number of own files, and what is not there', async () => {
    const kept = await files().write('kept.txt', Buffer.from('kept'), 'text/plain');
    const written = await files().write('g/a&<b>.txt', Buffer.from('gone'), 'text/plain');
    const none = Array.from({ length: 2_000 }, (_, n): ArtifactRef => `artifact:export/g/${n}`);
    sent.length = 0;
    await files().remove([...none, written]);
    expect(sent).toEqual(['DeleteObjects', 'DeleteObjects', 'DeleteObjects']);
    expect((await all(files().list('artifact:export/'))).map(({ ref }) => ref)).toEqual([kept]);
    await files().remove([]);
  });

  it.each<ArtifactRef>([
    'artifact:uploads/a.txt',
    'artifact:export-2/a.txt',
    'artifact:export/../uploads/a.txt',
    'artifact:export/',
  ])("does not take another's: %s", async (ref) => {
    await upload('uploads/a.txt');
    const own = await files().write('own.txt', Buffer.from('own'), 'text/plain');
    const message = `artifact ref: expected a file below artifact:export/, got "${ref}"`;
    await expect(files().remove([own, ref])).rejects.toThrow(message);
    expect(await files().find(own)).toBeDefined();
  });
});

describe('a link', () => {
  it('leads whoever has it to the file', async () => {
    const ref = await files().write('ü/a b.txt', Buffer.from('text'), 'text/plain');
    const link = new URL(await files().link(ref, { expires: '2h', fileName: 'Übung.txt' }));
    expect(await (await fetch(link)).text()).toBe('text');
    // The emulator's S3 does not say it again, as AWS's does.
    expect(Object.fromEntries(link.searchParams)).toMatchObject({
      'X-Amz-Expires': '7200',
      'response-content-disposition': "attachment; filename*=UTF-8''%C3%9Cbung.txt",
    });
  });

  it('leads to nothing that is not there', async () => {
    const link = files().link('artifact:export/none.txt');
    await expect(link).rejects.toThrow('nothing is stored under "artifact:export/none.txt"');
  });
});
