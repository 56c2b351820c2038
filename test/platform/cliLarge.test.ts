import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BucketAccess, bucketAccess } from '../fixtures/bucketAccess.ts';
import { type CliUnderTest, startCliUnderTest, WAYS } from './startCliUnderTest.ts';

const TEXT = 'x'.repeat(100_000);
const INPUT = JSON.stringify({ text: TEXT, password: 'hunter2' });
const OUTPUT = JSON.stringify({ said: TEXT });

const PATIENCE = { timeout: 20_000 } as const;

describe.each(WAYS)('%s access', (way) => {
  let cli: CliUnderTest;
  let bucket: BucketAccess;
  beforeAll(async () => {
    cli = await startCliUnderTest(way);
    bucket = bucketAccess(cli.platform.bucket);
  });
  afterAll(() => cli.stop());

  /** Schedules a large task, waits for its end and for its definition; gives the id. */
  async function ended(): Promise<string> {
    const run = cli.commands({ stdin: INPUT });
    const { stdout } = await run('schedule', 'echo.say', '-', '--wait', '--json');
    const { id } = JSON.parse(stdout) as { id: string };
    await vi.waitFor(
      async () => expect((await cli.run('status', id)).stdout).toContain('input'),
      PATIENCE,
    );
    return id;
  }

  /** Takes the output away. */
  async function endedAndGone(): Promise<string> {
    const id = await ended();
    await bucket.remove(`offload/45d/echo/${id}/output-1.json`);
    return id;
  }

  describe('a large output', () => {
    it('is printed by schedule --wait, for people and for programs', async () => {
      const run = async (...more: string[]) =>
        cli.commands({ stdin: INPUT })('schedule', 'echo.say', '-', '--wait', ...more);
      expect(JSON.parse((await run()).stdout)).toEqual({ said: TEXT });
      const { stdout } = await run('--json');
      expect(JSON.parse(stdout)).toMatchObject({
        output: { said: TEXT },
        outputBytes: OUTPUT.length,
      });
      expect(stdout).not.toContain('offload/');
    });

    it('is printed by result and status', async () => {
      const id = await ended();
      expect((await cli.run('result', id, '--json')).stdout).toBe(`${OUTPUT}\n`);
      expect((await cli.run('status', id)).stdout).toContain(`output   ${OUTPUT}`);
    });

    it('that is gone is one line of result', async () => {
      const id = await endedAndGone();
      const stderr = `error: the stored output of task ${id} is gone\n`;
      expect(await cli.run('result', id)).toEqual({ exitCode: 4, stdout: '', stderr });
    });

    it('that is gone is one line beside the status', async () => {
      const id = await endedAndGone();
      const { exitCode, stdout, stderr } = await cli.run('status', id);
      expect(stderr).toBe(`error: the stored output of task ${id} is gone\n`);
      expect(stdout).toContain('state    succeeded');
      expect(stdout).toContain(`output   ${OUTPUT.length} bytes, in the bucket`);
      expect(exitCode).toBe(0);
    });
  });

  describe('a large input', () => {
    it('is a size in the status', async () => {
      const id = await ended();
      const { stdout } = await cli.run('status', id);
      expect(stdout).toContain(`input    ${INPUT.length} bytes, in the bucket\n`);
      expect(stdout).not.toContain('hunter2');
    });
  });

  describe('--json', () => {
    it.each([['status'], ['list']])('of %s has sizes and no storage keys', async (command) => {
      const id = await ended();
      const { stdout } = await cli.run(command, ...(command === 'list' ? [] : [id]), '--json');
      const shown = JSON.parse(stdout);
      const record = command === 'list' ? shown.tasks[0] : shown;
      expect(record).toMatchObject({ inputBytes: INPUT.length, outputBytes: OUTPUT.length });
      expect(record).not.toHaveProperty('output');
      expect(stdout).not.toContain('offload/');
    });
  });
});
