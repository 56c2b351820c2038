import { nearestName } from '../contract/index.ts';
import { ScaffoldError } from './errors.ts';
import { FLEET_FILE, removeFromFleet } from './editFleet.ts';
import { linkPath, LOCKFILE, removeFromLockfile } from './editLockfile.ts';
import { workerNames } from './names.ts';
import type { Edit, Plan } from './plan.ts';
import type { Project } from './planWorker.ts';
import { readRequired } from './projectFiles.ts';

/**
 * Takes a worker out of the fleet, with its folder. Throws ScaffoldError for one that is not there, and for a fleet that is written in
 * another way or uses more of the worker. Pure but for reading.
 */
export function planRemoval({ fleet, read }: Project, name: string): Plan {
  const names = fleet.workers.map((worker) => worker.name);
  if (!names.includes(name)) {
    const nearest = nearestName(name, names);
    const known = nearest === undefined ? `there are ${names.join(', ')}` : undefined;
    throw new ScaffoldError([
      `there is no worker "${name}"; ${known ?? `did you mean "${nearest}"?`}`,
    ]);
  }
  if (names.length === 1) {
    throw new ScaffoldError([`"${name}" is the only worker; make another one before it goes`]);
  }
  const worker = workerNames(name);
  const before = readRequired(read, FLEET_FILE);
  const lockfile = read(LOCKFILE);
  const edits: Edit[] = [{ path: FLEET_FILE, before, after: removeFromFleet(before, worker) }];
  if (lockfile !== undefined) {
    const after = removeFromLockfile(lockfile, worker.folder, worker.packageName);
    edits.push({ path: LOCKFILE, before: lockfile, after });
  }
  return { creates: [], edits, removes: worker.folder, unlinks: [linkPath(worker.packageName)] };
}
