import { applyPlan, planRemoval } from '@taskfleet/toolbox/scaffold';
import { UncommittedError } from '../../errors.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatPlan } from '../scaffold/formatPlan.ts';
import { openProject } from '../scaffold/openProject.ts';
import { tellPlan } from '../scaffold/tellPlan.ts';
import { uncommitted } from '../scaffold/uncommitted.ts';

export interface RemoveWorkerArgs {
  readonly name: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Takes a worker out of the fleet and deletes its folder. Throws ScaffoldError, NoProjectError, and UncommittedError for a folder that git could
 * not bring back, unless it is forced; then nothing was changed.
 */
export async function removeWorker(deps: CliDeps, args: RemoveWorkerArgs): Promise<ExitCode> {
  const { name, force = false, dryRun: isDryRun = false, json = false } = args;
  const project = openProject(deps.fleet, deps.cwd);
  const plan = await formatPlan(project.root, planRemoval(project, name));
  if (!force && !isDryRun && plan.removes !== undefined) {
    const why = await uncommitted(project.root, plan.removes);
    if (why !== undefined) throw new UncommittedError(plan.removes, why);
  }
  if (!isDryRun) await applyPlan(plan, project);
  tellPlan(deps, plan, { isDryRun, json, next: staysBehind(name) });
  return EXIT.ok;
}

function staysBehind(name: string): string[] {
  return [
    `On each stage the worker is there until the next cdk deploy, which deletes its queues with all that is in them. Before that:`,
    `  npx taskfleet list --worker ${name} --state queued   and scheduled, running, retrying: let them end, or`,
    `  npx taskfleet purge ${name} --yes                    cancels what has not begun`,
    `  npx taskfleet dead list --worker ${name}             redrive or purge them`,
    `These two need the worker in the fleet: run them before this change, or from a checkout that has it.`,
    `What stays: the records of its tasks until their retention is over, and its files in the bucket under ${name}/.`,
  ];
}
