import type { Fleet } from '../contract/index.ts';
import { fargate, inline, lambda, threads } from '../contract/index.ts';
import { ScaffoldError } from './errors.ts';
import { checkWorker } from './checkNames.ts';
import { addToFleet, FLEET_FILE } from './editFleet.ts';
import { addToLockfile, linkPath, LOCKFILE } from './editLockfile.ts';
import { taskNames, type WorkerNames, workerNames } from './names.ts';
import type { Edit, Plan, ReadText } from './plan.ts';
import { packageFacts, readRequired } from './projectFiles.ts';
import { contractFile, type Traits } from './templates/contractFile.ts';
import { handlerFile } from './templates/handlerFile.ts';
import { packageManifest } from './templates/packageFile.ts';
import { readmeFile } from './templates/readmeFile.ts';
import { implementationFile, lambdaFile, mainFile } from './templates/serviceFiles.ts';
import { testFile } from './templates/testFile.ts';

export interface NewWorker extends Traits {
  readonly name: string;
  /** `monthly` or `reports.monthly`. */
  readonly task: string;
}

export interface Project {
  readonly fleet: Fleet;
  readonly read: ReadText;
}

/**
 * A package with contract, one typed handler, main, conformance test and README, registered in the fleet. Throws ScaffoldError for a name
 * that cannot be or is taken, for files that are there already, and for a fleet that is written in another way. Pure but for reading.
 */
export function planWorker({ fleet, read }: Project, wanted: NewWorker): Plan {
  const worker = workerNames(wanted.name);
  const task = taskNames(qualified(wanted));
  const compute = wanted.compute === 'lambda' ? lambda() : fargate();
  const pool = wanted.pool === 'threads' ? threads() : inline();
  checkWorker(fleet, { name: worker.name, task: task.name, compute, pool });
  const manifest = packageManifest(worker, packageFacts(read));
  const files: Readonly<Record<string, string>> = {
    'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
    'contract.ts': contractFile(worker, task, wanted),
    [task.handlerFile]: handlerFile(task),
    'implementation.ts': implementationFile(worker, task),
    'main.ts': mainFile(),
    ...(wanted.compute === 'lambda' && { 'lambda.ts': lambdaFile() }),
    'conformance.test.ts': testFile(task),
    'README.md': readmeFile(worker, task),
  };
  return {
    creates: Object.entries(files).map(([file, text]) => ({
      path: `${worker.folder}/${file}`,
      text,
    })),
    edits: registrations(read, worker, manifest),
    links: [{ path: linkPath(worker.packageName), target: `../../${worker.folder}` }],
  };
}

/** The lockfile first: until the fleet has it, nobody looks for the worker. */
function registrations(
  read: ReadText,
  worker: WorkerNames,
  manifest: Readonly<Record<string, unknown>>,
): Edit[] {
  const before = readRequired(read, FLEET_FILE);
  const lockfile = read(LOCKFILE);
  const locked = lockfile && addToLockfile(lockfile, { folder: worker.folder, manifest });
  return [
    ...(lockfile && locked ? [{ path: LOCKFILE, before: lockfile, after: locked }] : []),
    { path: FLEET_FILE, before, after: addToFleet(before, worker) },
  ];
}

function qualified({ name, task }: NewWorker): string {
  const [first, ...rest] = task.split('.');
  if (rest.length === 0) return `${name}.${task}`;
  if (first === name) return task;
  throw new ScaffoldError([
    `--task: expected an action, or a name that begins with "${name}.", got "${task}"`,
  ]);
}
