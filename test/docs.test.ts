import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TASK_STATES, TRANSITIONS } from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

describe('the documentation', () => {
  it('has the state table of the code', () => {
    const rows = [...read('docs/task-states.md').matchAll(/^\| `(\w+)` *\|[^|]*\|([^|]*)\|$/gm)];
    const documented = rows.map(([, state, next = '']) => {
      const names = next.replaceAll(/\(.*?\)|, when .*/g, '').match(/\w+/g) ?? [];
      return [state, names.toSorted()];
    });
    const declared = TASK_STATES.map((state) => [state, TRANSITIONS[state].toSorted()]);
    expect(Object.fromEntries(documented)).toEqual(Object.fromEntries(declared));
  });

  it('keeps the README to 200 lines', () => {
    expect(read('README.md').split('\n').length).toBeLessThanOrEqual(200);
  });

  it('runs in CI only what the README says', () => {
    const commands = read('.ci/run')
      .split('\n')
      .filter((line) => /^np[mx] /.test(line))
      .map((line) => line.replace(/ --quiet$| \d+$/, ''));
    const readme = read('README.md');
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(readme).toContain(command);
  });
});
