import * as nodeFiles from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan, type Files } from './applyPlan.ts';
import type { Plan } from './plan.ts';

let root: string;
beforeEach(async () => {
  root = await nodeFiles.mkdtemp(join(tmpdir(), 'taskfleet-plan-'));
  await nodeFiles.mkdir(join(root, 'workers', 'old', 'handlers'), { recursive: true });
  await nodeFiles.mkdir(join(root, 'node_modules', '@taskfleet'), { recursive: true });
  await nodeFiles.writeFile(join(root, 'workers', 'old', 'handlers', 'run.ts'), 'old');
  await nodeFiles.writeFile(join(root, 'fleet.ts'), 'before');
  await nodeFiles.writeFile(join(root, 'lock.json'), '{}');
});
afterEach(async () => nodeFiles.rm(root, { recursive: true }));

const making: Plan = {
  creates: [
    { path: 'workers/new/package.json', text: '{}' },
    { path: 'workers/new/handlers/run.ts', text: 'run' },
  ],
  links: [{ path: 'node_modules/@taskfleet/worker-new', target: '../../workers/new' }],
  edits: [
    { path: 'lock.json', before: '{}', after: '{"a":1}' },
    { path: 'fleet.ts', before: 'before', after: 'after' },
  ],
};
const removing: Plan = {
  creates: [],
  edits: [{ path: 'fleet.ts', before: 'before', after: 'after' }],
  removes: 'workers/old',
};

/** Every entry below the folder, with what is in it. */
async function tree(): Promise<readonly string[]> {
  const entries = await nodeFiles.readdir(root, { recursive: true, withFileTypes: true });
  const lines = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    const text = entry.isFile() ? await nodeFiles.readFile(path, 'utf8') : '';
    return `${path.slice(root.length)} ${text}`;
  });
  return (await Promise.all(lines)).toSorted();
}

/** The file system, of which one call fails. */
function failingAt(n: number): { readonly files: Files; readonly calls: () => number } {
  let calls = 0;
  const files = new Proxy(nodeFiles, {
    get: (target, name) => {
      const call = Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>;
      return async (...args: unknown[]) => {
        calls += 1;
        if (calls === n) throw new Error('ENOSPC: no space left on device');
        return call(...args);
      };
    },
  });
  return { files, calls: () => calls };
}

describe.each([
  ['a plan that makes', making],
  ['a plan that removes', removing],
])('%s', (_what, plan) => {
  it('is done as a whole', async () => {
    const before = await tree();
    await applyPlan(plan, { root });
    const after = await tree();
    expect(after).not.toEqual(before);
    expect(after.join('\n')).toContain('/fleet.ts after');
    expect(after.filter((line) => /\.new|\.removed/.test(line))).toEqual([]);
  });

  it('changes nothing when any of its steps fails', async () => {
    const before = await tree();
    for (let n = 1; ; n += 1) {
      const { files, calls } = failingAt(n);
      const failed = await applyPlan(plan, { root, files }).catch((error: unknown) => error);
      if (calls() < n) break;
      // What is put aside is no part of the project any more.
      if (failed === undefined) {
        expect(n).toBe(calls());
        break;
      }
      expect([n, failed]).toEqual([n, expect.objectContaining({ code: 'scaffold_refused' })]);
      expect([n, await tree()]).toEqual([n, before]);
    }
  });
});

it('overwrites nothing', async () => {
  await nodeFiles.mkdir(join(root, 'workers', 'new'));
  await nodeFiles.writeFile(join(root, 'workers', 'new', 'package.json'), 'mine');
  const before = await tree();
  await expect(applyPlan(making, { root })).rejects.toThrow(
    'workers/new/package.json is there already, and nothing is overwritten',
  );
  expect(await tree()).toEqual(before);
});

it('changes no file that somebody has changed since it was planned', async () => {
  await nodeFiles.writeFile(join(root, 'fleet.ts'), 'theirs');
  const before = await tree();
  await expect(applyPlan(making, { root })).rejects.toThrow('fleet.ts was changed meanwhile');
  expect(await tree()).toEqual(before);
});
