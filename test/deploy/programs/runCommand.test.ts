import { describe, expect, it } from 'vitest';
import { lastLine, runCommand } from './runCommand.ts';

const node = (code: string, withinMs = 20_000) =>
  runCommand({
    program: process.execPath,
    arguments: ['-e', code],
    environment: {},
    input: 'in',
    withinMs,
  });

describe('runCommand', () => {
  it('gives exit code, both outputs and what stood on the input', async () => {
    const code = 'process.stdin.pipe(process.stdout); console.error("why"); process.exitCode = 3';
    expect(await node(code)).toEqual({ exitCode: 3, stdout: 'in', stderr: 'why\n' });
  });

  it('ends a program that takes too long, and what it has started', async () => {
    const endless = 'setInterval(() => {}, 1000)';
    const parent = `require("child_process").spawn(process.execPath, ["-e", "${endless}"], { stdio: "inherit" }); ${endless}`;
    const result = await node(parent, 300);
    expect(result.exitCode).toBeUndefined();
    expect(lastLine(result)).toMatch(/did not end within 0.3 s$/);
  });

  it('says when there is no such program', async () => {
    const missing = { program: '/nowhere/python3', arguments: [], environment: {} };
    const result = await runCommand({ ...missing, withinMs: 5_000 });
    expect(result.exitCode).toBeUndefined();
    expect(lastLine(result)).toContain('ENOENT');
  });
});
