import type { Settlement } from '../consume/index.ts';
import type { TaskMessage } from '../contract/index.ts';
import { readResult } from '../table/index.ts';
import type { HandleOptions } from './handleMessage.ts';

/** Seconds until a message comes back whose task has ended, and whose flow could not be carried on. */
const BACK_AFTER_SECONDS = 2;

/**
 * Does what follows in its flow from a task that has ended, before its message goes: a worker that dies in between leaves the message,
 * and whoever receives it does the same again. Never rejects.
 */
export async function advanceFlow(
  { table, scheduler, log }: Pick<HandleOptions, 'table' | 'scheduler' | 'log'>,
  { id, flow }: Pick<TaskMessage, 'id' | 'flow'>,
  settlement: Settlement,
): Promise<Settlement> {
  if (!flow || settlement.kind !== 'delete') return settlement;
  try {
    await scheduler.flows.advance(flow, await readResult(table, id));
    return settlement;
  } catch (error) {
    log.event('flow.failed', { flow: flow.id, error: String(error) });
    return { kind: 'hide', seconds: BACK_AFTER_SECONDS };
  }
}
