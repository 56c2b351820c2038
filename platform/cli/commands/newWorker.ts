import { applyPlan, type NewWorker, planWorker } from '@taskfleet/toolbox/scaffold';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatPlan } from '../scaffold/formatPlan.ts';
import { openProject } from '../scaffold/openProject.ts';
import { tellPlan } from '../scaffold/tellPlan.ts';

export interface NewWorkerArgs extends NewWorker {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Makes a worker's package and registers it. Throws ScaffoldError and NoProjectError; then nothing was changed. */
export async function newWorker(deps: CliDeps, args: NewWorkerArgs): Promise<ExitCode> {
  const { dryRun: isDryRun = false, json = false, name } = args;
  const project = openProject(deps.fleet, deps.cwd);
  const plan = await formatPlan(project.root, planWorker(project, args));
  if (!isDryRun) await applyPlan(plan, project);
  const next = [
    `Write what it does in workers/${name}/contract.ts and workers/${name}/handlers/, then:`,
    `  npm start                    runs it (one that runs already: stop it first)`,
    `  npm test                     with its conformance suite`,
    `  npx cdk synth -c stage=dev   has its queues`,
  ];
  tellPlan(deps, plan, { isDryRun, json, next });
  return EXIT.ok;
}
