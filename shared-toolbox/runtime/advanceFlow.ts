import { orAborted, type Settlement } from '../consume/index.ts';
import type { TaskMessage } from '../contract/index.ts';
import { readResult } from '../table/index.ts';
import type { HandleOptions } from './handleMessage.ts';

/** Seconds until a message comes back whose task has ended, and whose flow could not be carried on. */
const BACK_AFTER_SECONDS = 2;

type AdvanceOptions = Pick<HandleOptions, 'table' | 'scheduler' | 'log' | 'stopping'>;

/**
 * Does what follows in its flow from a task that has ended, before its message goes: a worker that dies in between leaves the message,
 * and whoever receives it does the same again. So does one whose grace is over: the last member of a large group has thousands of results to
 * read. Never rejects.
 */
export async function advanceFlow(
  { table, scheduler, log, stopping }: AdvanceOptions,
  { id, flow }: Pick<TaskMessage, 'id' | 'flow'>,
  settlement: Settlement,
): Promise<Settlement> {
  if (!flow || settlement.kind !== 'delete') return settlement;
  let settled: Settlement = { kind: 'return' };
  const advance = async () => {
    try {
      await scheduler.flows.advance(flow, await readResult(table, id));
      settled = settlement;
    } catch (error) {
      log.event('flow.failed', { flow: flow.id, error: String(error) });
      settled = { kind: 'hide', seconds: BACK_AFTER_SECONDS };
    }
  };
  await orAborted(advance(), stopping);
  return settled;
}
