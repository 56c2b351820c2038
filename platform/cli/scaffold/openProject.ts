import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { FLEET_FILE, type Project } from '@taskfleet/toolbox/scaffold';
import { NoProjectError } from '../../errors.ts';

/** Where the files are that a command changes. */
export interface OpenProject extends Project {
  readonly root: string;
}

/** The project that a folder is in: the nearest with `workers/fleet.ts`. Throws NoProjectError. */
export function openProject(fleet: Fleet, cwd: string): OpenProject {
  const root = rootOf(cwd);
  if (root === undefined) throw new NoProjectError(cwd, FLEET_FILE);
  const read = (path: string) => {
    const file = join(root, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  };
  return { root, fleet, read };
}

function rootOf(folder: string): string | undefined {
  if (existsSync(join(folder, FLEET_FILE))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : rootOf(above);
}
