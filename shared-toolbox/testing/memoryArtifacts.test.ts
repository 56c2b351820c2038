import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Artifacts, defineTask, type TaskContext } from '../contract/index.ts';
import { runAttempt } from './index.ts';

const sort = defineTask('export.sort', { input: z.object({}), output: z.null() });

describe('files in memory', () => {
  const files = {
    'artifact:uploads/g/b': Buffer.from('b'),
    'artifact:uploads/g/a': Buffer.from('a'),
    'artifact:uploads/h': Buffer.from('h'),
    'artifact:export/old': Buffer.from('old'),
  } as const;
  const using = async (use: (artifacts: Artifacts) => Promise<unknown>) => {
    let used: unknown;
    const handler = async (_input: unknown, { artifacts }: TaskContext) => {
      used = await use(artifacts);
      return null;
    };
    const end = await runAttempt(sort, handler, {}, { files });
    return { end, used };
  };

  it('are listed, found and read bit by bit', async () => {
    const { used } = await using(async (artifacts) => {
      const refs: string[] = [];
      for await (const { ref } of artifacts.list('artifact:uploads/g/')) refs.push(ref);
      const bits: Uint8Array[] = [];
      for await (const bit of await artifacts.stream('artifact:uploads/h')) bits.push(bit);
      const found = await artifacts.find('artifact:uploads/h');
      const none = await artifacts.find('artifact:uploads/none');
      return { refs, text: Buffer.concat(bits).toString(), found, none };
    });
    expect(used).toEqual({
      refs: ['artifact:uploads/g/a', 'artifact:uploads/g/b'],
      text: 'h',
      found: {
        ref: 'artifact:uploads/h',
        sizeBytes: 1,
        modifiedAt: 1_700_000_000_000,
        version: expect.any(String),
      },
      none: undefined,
    });
  });

  it('are written bit by bit, and removed', async () => {
    const { end, used } = await using(async (artifacts) => {
      async function* source() {
        yield Buffer.from('n');
        yield Buffer.from('ew');
      }
      await artifacts.write('new', source(), 'text/plain');
      const gone = await artifacts.write('gone', Buffer.from('gone'), 'text/plain');
      await artifacts.remove([gone, 'artifact:export/old', 'artifact:export/none']);
      const refs: string[] = [];
      for await (const { ref } of artifacts.list('artifact:export/')) refs.push(ref);
      return refs;
    });
    expect(used).toEqual(['artifact:export/new']);
    expect([...end.stored.values()].map(({ body }) => Buffer.from(body).toString())).toEqual([
      'new',
    ]);
    expect([...end.removed].toSorted()).toEqual([
      'artifact:export/gone',
      'artifact:export/none',
      'artifact:export/old',
    ]);
  });

  it('have links that say what was asked for', async () => {
    const { used } = await using(async (artifacts) =>
      artifacts.link('artifact:export/old', { expires: '1d', fileName: 'ü.txt' }),
    );
    const { pathname, searchParams } = new URL(String(used));
    expect(pathname).toBe('/export/old');
    expect(Object.fromEntries(searchParams)).toEqual({
      expires: '86400',
      disposition: "attachment; filename*=UTF-8''%C3%BC.txt",
    });
  });

  it.each<[string, (artifacts: Artifacts) => Promise<unknown>, string]>([
    ['a stream of nothing', async (a) => a.stream('artifact:uploads/x'), 'nothing is stored'],
    ['a link to nothing', async (a) => a.link('artifact:uploads/x'), 'nothing is stored'],
    ["a removal of another's", async (a) => a.remove(['artifact:uploads/h']), 'artifact:export/'],
    ["a list of another's", async (a) => a.list('artifact:other/'), 'artifact:uploads/'],
  ])('refuse %s as the bucket does', async (_what, use, message) => {
    const { end } = await using(use);
    expect(end.outcome).toMatchObject({ error: { message: expect.stringContaining(message) } });
  });
});
