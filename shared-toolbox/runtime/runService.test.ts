import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';

type Program = ChildProcessByStdio<null, Readable, Readable>;

function run(env: Record<string, string>): Program {
  const file = `${import.meta.dirname}/../testing/serviceProgram.ts`;
  return spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function exitOf(program: Program) {
  const [code] = (await once(program, 'exit')) as [number | null];
  return code;
}

async function untilSays(program: Program, word: string): Promise<void> {
  await expect.poll(() => String(program.stdout.read() ?? ''), { timeout: 20_000 }).toContain(word);
}

describe('a service', () => {
  it('exits with 2 and one line when its configuration is wrong', async () => {
    const program = run({ STOPS: 'sometimes' });
    const [code, errors, output] = await Promise.all([
      exitOf(program),
      text(program.stderr),
      text(program.stdout),
    ]);
    expect(code).toBe(2);
    expect(errors).toBe('configuration: STOPS: expected how; NAME: is missing\n');
    expect(output).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops in order on %s and exits with 0',
    async (signal) => {
      const program = run({ STOPS: 'at once', NAME: 'n' });
      await untilSays(program, 'started');
      const code = exitOf(program);
      program.kill(signal);
      expect(await code).toBe(0);
    },
  );

  it('stops in order when it is dismissed, and exits with 0', async () => {
    const program = run({ STOPS: 'when dismissed', NAME: 'n' });
    const [code, output] = await Promise.all([exitOf(program), text(program.stdout)]);
    expect(code).toBe(0);
    expect(output).toBe('started\nstopping\n');
  });

  it('stops in order on a signal that comes as soon as it has said that it is up', async () => {
    const program = run({ STOPS: 'while it starts', NAME: 'n' });
    const [code, output] = await Promise.all([exitOf(program), text(program.stdout)]);
    expect(code).toBe(0);
    expect(output).toBe('started\nstopping\n');
  });

  it('ends at once on a second signal, with 1', async () => {
    const program = run({ STOPS: 'never', NAME: 'n' });
    await untilSays(program, 'started');
    const code = exitOf(program);
    program.kill('SIGTERM');
    await untilSays(program, 'stopping');
    program.kill('SIGTERM');
    expect(await code).toBe(1);
  });

  it('exits with 3 when it has expired, and does not wait for a stop in order', async () => {
    const program = run({ STOPS: 'by itself', NAME: 'n' });
    const [code, output] = await Promise.all([exitOf(program), text(program.stdout)]);
    expect(code).toBe(3);
    expect(output).toBe('started\n');
  });

  it('exits with 1 and the reason when it cannot stop', async () => {
    const program = run({ STOPS: 'badly', NAME: 'n' });
    await untilSays(program, 'started');
    const [code, errors] = [exitOf(program), text(program.stderr)];
    program.kill('SIGTERM');
    expect(await code).toBe(1);
    expect(await errors).toContain('could not stop');
  });
});
