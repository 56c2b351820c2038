import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** A git repository with a fleet, as a user has one. */
export interface ContractsRepository extends Disposable {
  readonly folder: string;
  /** Writes files by their paths. */
  readonly write: (files: Readonly<Record<string, string>>) => void;
  /** Commits all there is, under a tag. */
  readonly commit: (tag: string) => void;
  readonly git: (...args: readonly string[]) => string;
}

/** `toolbox` and `zod` are installed; `kit` is a package of the repository itself. `below` is the folder that has it all. */
export function contractsRepository(below = ''): ContractsRepository {
  const top = realpathSync(mkdtempSync(join(tmpdir(), 'taskfleet-repository-')));
  const folder = join(top, below);
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      encoding: 'utf8',
    });
  const write: ContractsRepository['write'] = (files) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  };
  write({
    '.gitignore': 'node_modules\n',
    'package.json': '{"type": "module"}',
    'kit/package.json': '{"name": "@acme/kit", "type": "module", "exports": "./kit.ts"}',
    'workers/fleet.ts': `
      import { defineFleet } from '@taskfleet/toolbox/contract';
      import { exportWorker } from './export/contract.ts';
      export const fleet = defineFleet([exportWorker]);`,
  });
  const modules = join(folder, 'node_modules');
  for (const scope of ['@taskfleet', '@acme']) mkdirSync(join(modules, scope), { recursive: true });
  symlinkSync(join(root, 'node_modules', 'zod'), join(modules, 'zod'));
  symlinkSync(join(root, 'shared-toolbox'), join(modules, '@taskfleet', 'toolbox'));
  symlinkSync('../../kit', join(modules, '@acme', 'kit'));
  git('init', '--quiet');
  return {
    folder,
    git,
    write,
    commit: (tag) => {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', '--message', tag);
      git('tag', tag);
    },
    [Symbol.dispose]: () => rmSync(top, { recursive: true }),
  };
}

/** The files of an export worker whose formats are those of the kit. */
export function exportFiles(formats: readonly string[], options = ''): Record<string, string> {
  return {
    'kit/kit.ts': `export const formats = ${JSON.stringify(formats)} as const;`,
    'workers/export/contract.ts': `
      import { formats } from '@acme/kit';
      import { defineTask, defineWorker } from '@taskfleet/toolbox/contract';
      import { z } from 'zod';
      export const project = defineTask('export.project', {
        input: z.object({ format: z.enum(formats) }),
        output: z.void(),
        ${options}
      });
      export const exportWorker = defineWorker('export', { tasks: [project] });`,
  };
}
