import { type ConfirmStartOptions, confirmStart, type Flows } from '@taskfleet/toolbox/canvas';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { TaskId } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import { readFlow, readUnstarted } from '@taskfleet/toolbox/table';

export interface LateFlowsOptions extends ConfirmStartOptions {
  readonly flows: Pick<Flows, 'begin'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'event'>;
}

/**
 * Publishes the first tasks of flows whose scheduler has not said that it did: it died in between, or the table was away. What it had
 * published is published again, under the same ids. Rejects when the table does.
 */
export async function startLateFlows(
  options: LateFlowsOptions,
  goesOn: () => boolean,
): Promise<void> {
  for (const id of await readUnstarted(options.table, options.clock.now())) {
    if (!goesOn()) return;
    await startLate(options, id);
  }
}

/** One that cannot be started does not keep the others waiting. */
async function startLate(options: LateFlowsOptions, id: TaskId): Promise<void> {
  const { table, flows, log } = options;
  try {
    const flow = await readFlow(table, id);
    // What the index still names may have been confirmed meanwhile.
    if (flow?.dueAt === undefined) return;
    // Also one that has ended: whoever began it may have died before it told of the end.
    if (flow.state !== 'cancelled') await flows.begin(flow);
    await confirmStart(options, flow);
  } catch (error) {
    log.event('flow.failed', { flow: id, error: String(error) });
  }
}
