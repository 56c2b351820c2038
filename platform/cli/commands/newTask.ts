import { applyPlan, planTask } from '@taskfleet/toolbox/scaffold';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatPlan } from '../scaffold/formatPlan.ts';
import { openProject } from '../scaffold/openProject.ts';
import { tellPlan } from '../scaffold/tellPlan.ts';

export interface NewTaskArgs {
  /** `worker.action` */
  readonly name: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Adds a task to a worker. Throws ScaffoldError and NoProjectError; then nothing was changed. */
export async function newTask(deps: CliDeps, args: NewTaskArgs): Promise<ExitCode> {
  const { name, dryRun: isDryRun = false, json = false } = args;
  const project = openProject(deps.fleet, deps.cwd);
  const plan = await formatPlan(project.root, planTask(project, name));
  if (!isDryRun) await applyPlan(plan, project);
  const [handler] = plan.creates.map(({ path }) => path);
  const next = [
    `Write what it does in its worker's contract.ts and ${handler}; npm test checks it.`,
  ];
  tellPlan(deps, plan, { isDryRun, json, next });
  return EXIT.ok;
}
