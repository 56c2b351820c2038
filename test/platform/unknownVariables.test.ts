import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../fixtures/programOutput.ts';

const root = join(import.meta.dirname, '..', '..');

describe('a misspelled variable', () => {
  it.each([
    ['a worker', ['workers/thumbnails/main.ts']],
    ['the platform', ['platform/main.ts']],
    ['npm start', ['infra/local/start.ts']],
    ['taskfleet', ['platform/cli/main.ts', 'list']],
  ])('is refused by %s with exit code 2 and one line', async (_what, [file = '', ...words]) => {
    const environment = { TASKFLEET_STGAE: 'hunter2' };
    const program = runProgram([join(root, file), ...words], { environment });
    expect(await program.ended).toBe(2);
    expect(program.stdout()).toBe('');
    expect(program.stderr()).toMatch(
      /^(error: )?configuration: TASKFLEET_STGAE: is not known; did you mean TASKFLEET_STAGE\?[^\n]*\n$/,
    );
    expect(program.stderr()).not.toContain('hunter2');
  });
});
