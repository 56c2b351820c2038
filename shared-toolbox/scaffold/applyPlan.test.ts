import * as nodeFiles from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan, type Files } from './applyPlan.ts';
import type { Plan } from './plan.ts';

let root: string;
beforeEach(async () => {
  root = await newProject();
});
afterEach(async () => nodeFiles.rm(root, { recursive: true }));

async function newProject(): Promise<string> {
  const folder = await nodeFiles.mkdtemp(join(tmpdir(), 'taskfleet-plan-'));
  await nodeFiles.mkdir(join(folder, 'workers', 'old', 'handlers'), { recursive: true });
  await nodeFiles.mkdir(join(folder, 'node_modules', '@taskfleet'), { recursive: true });
  await nodeFiles.writeFile(join(folder, 'workers', 'old', 'handlers', 'run.ts'), 'old');
  await nodeFiles.writeFile(join(folder, 'fleet.ts'), 'before');
  await nodeFiles.writeFile(join(folder, 'lock.json'), '{}');
  return folder;
}

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
    const steps = await stepsOf(plan);
    for (let n = 1; n <= steps; n += 1) {
      const { files } = failingAt(n);
      const done = applyPlan(plan, { root, files });
      await expect(done).rejects.toMatchObject({ code: 'scaffold_refused' });
      expect([n, await tree()]).toEqual([n, before]);
    }
  });
});

/** Calls of the file system until everything is done. Deleting what was put aside comes after that, and may fail. */
async function stepsOf(plan: Plan): Promise<number> {
  const { files, calls } = failingAt(Infinity);
  const other = await newProject();
  await applyPlan(plan, { root: other, files });
  await nodeFiles.rm(other, { recursive: true });
  return calls() - (plan.removes === undefined ? 0 : 1);
}

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
