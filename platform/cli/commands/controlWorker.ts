import { type Duration, toMilliseconds } from '@taskfleet/toolbox/contract';
import type { Order, OrderRequest } from '../../signals/index.ts';
import type { CliDeps } from '../deps.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { describeOrder } from '../render/describeOrder.ts';
import { writeJson, writeLine } from '../render/write.ts';

export interface ControlArgs extends Omit<OrderRequest, 'order'> {
  readonly order: Order;
  readonly wait?: boolean;
  readonly timeout: Duration;
  readonly json?: boolean;
}

/** Tells workers what is wanted, and says what will happen and when. Throws NotHeardError when they have not done it in time. */
export async function controlWorker(
  deps: CliDeps,
  { wait = false, timeout, json, ...request }: ControlArgs,
): Promise<ExitCode> {
  const timeoutMs = toMilliseconds(timeout);
  const { workers } = await deps.openFleet();
  const told = await workers.tell(deps.fleet, request);
  const ids = told.processes.map(({ id }) => id);
  const { revision, worker } = told;
  if (!json) writeLine(deps.stdout, describeOrder(told, request.process));
  if (wait) await workers.awaitHeard(told, timeoutMs);
  if (json) writeJson(deps.stdout, { worker, revision, processes: ids, done: wait });
  else if (wait && ids.length > 0) writeLine(deps.stdout, 'done');
  return EXIT.ok;
}
