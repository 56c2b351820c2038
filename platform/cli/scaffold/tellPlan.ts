import type { Plan } from '@taskfleet/toolbox/scaffold';
import type { CliDeps } from '../deps.ts';
import { paint } from '../render/paint.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface TellOptions {
  readonly isDryRun: boolean;
  readonly json: boolean;
  /** What comes next, for people. */
  readonly next: readonly string[];
}

/** Says what was done, or would be. */
export function tellPlan({ stdout }: CliDeps, plan: Plan, options: TellOptions): void {
  const { isDryRun, json, next } = options;
  if (json) {
    writeJson(stdout, {
      dryRun: isDryRun,
      created: plan.creates.map(({ path }) => path),
      changed: plan.edits.map(({ path }) => path),
      removed: plan.removes === undefined ? [] : [plan.removes],
    });
    return;
  }
  const would = isDryRun ? 'would ' : '';
  for (const { path } of plan.creates) {
    writeLine(stdout, `${paint(stdout, 'green', `${would}create`)}  ${path}`);
  }
  for (const { path } of plan.edits) {
    writeLine(stdout, `${paint(stdout, 'yellow', `${would}change`)}  ${path}`);
  }
  if (plan.removes !== undefined) {
    writeLine(stdout, `${paint(stdout, 'red', `${would}remove`)}  ${plan.removes}/`);
  }
  const after = isDryRun ? ['Nothing was changed: --dry-run.'] : next;
  for (const line of ['', ...after]) writeLine(stdout, line);
}
