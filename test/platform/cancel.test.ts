import { isTerminal, type TaskId } from '@taskfleet/toolbox/contract';
import { readResult } from '@taskfleet/toolbox/table';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliUnderTest, startCliUnderTest, WAYS } from './startCliUnderTest.ts';

describe.each(WAYS)('%s access', (way) => {
  /** Over the API it is who asks. */
  const asker = way === 'direct' ? 'alice' : 'local';
  let cli: CliUnderTest;
  beforeAll(async () => {
    cli = await startCliUnderTest(way);
  });
  afterAll(async () => cli.stop());

  async function schedule(text: string): Promise<TaskId> {
    const { stdout } = await cli.run('schedule', 'echo.say', JSON.stringify({ text }), '--json');
    return (JSON.parse(stdout) as { id: TaskId }).id;
  }

  async function untilState(id: TaskId, wanted: (state: string | undefined) => boolean) {
    await expect
      .poll(async () => wanted((await readResult(cli.platform.table, id))?.state), {
        timeout: 20_000,
      })
      .toBe(true);
  }

  describe('taskfleet cancel', () => {
    it('aborts the signal of a task that runs, which then is cancelled, with who asked', async () => {
      const id = await schedule('hang');
      await untilState(id, (state) => state === 'running');
      const { exitCode, stdout } = await cli.run('cancel', id, '--by', 'alice');
      expect({ exitCode, stdout }).toEqual({
        exitCode: 0,
        stdout: expect.stringContaining('is asked to stop'),
      });
      await untilState(id, (state) => isTerminal((state ?? 'queued') as never));
      expect(await readResult(cli.platform.table, id)).toMatchObject({
        state: 'cancelled',
        attempt: 1,
        cancel: { by: asker },
        error: { message: `cancelled by ${asker}` },
        finishedAt: expect.any(Number),
      });
    });

    it('is no error for a task that is cancelled already', async () => {
      const id = await schedule('hang');
      await untilState(id, (state) => state === 'running');
      await cli.run('cancel', id);
      await untilState(id, (state) => state === 'cancelled');
      expect(await cli.run('cancel', id, '--json')).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining('"became":"cancelled"'),
      });
    });

    it.each([
      { what: 'a task that has ended', text: 'done', problem: 'has ended: it is succeeded' },
      { what: 'an unknown id', text: undefined, problem: 'no task' },
    ])('refuses $what', async ({ text, problem }) => {
      const id = text === undefined ? (`echo_${'0'.repeat(32)}` as const) : await schedule(text);
      if (text !== undefined) await untilState(id, (state) => state === 'succeeded');
      expect(await cli.run('cancel', id)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(problem),
      });
    });
  });
});
