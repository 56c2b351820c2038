import type { Purged } from '../../cancel/index.ts';
import { PurgeRequestError } from '../../errors.ts';
import { findWorker } from '../../signals/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface PurgeQueueArgs {
  readonly worker: string;
  readonly task?: string;
  readonly by: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Cancels all that waits in a worker's queue and has not begun. Throws PurgeRequestError without `yes`. */
export async function purgeQueue(deps: CliDeps, args: PurgeQueueArgs): Promise<ExitCode> {
  const { task, by, yes, json } = args;
  const worker = findWorker(deps.fleet, args.worker).name;
  if (!yes) throw new PurgeRequestError(worker);
  const access = await deps.openFleet();
  const ids: string[] = [];
  let page: Purged | undefined;
  do {
    page = await access.purgeQueue(deps.fleet, { worker, task, cursor: page?.cursor }, by);
    ids.push(...page.ids);
  } while (page.cursor !== undefined);
  if (json) writeJson(deps.stdout, { worker, cancelled: ids });
  else writeLine(deps.stdout, `${worker}: ${told(ids.length)}`);
  return EXIT.ok;
}

function told(count: number): string {
  if (count === 0) return 'nothing waits that has not begun';
  return `${count} cancelled; their messages go as the worker receives them, and run nothing`;
}
