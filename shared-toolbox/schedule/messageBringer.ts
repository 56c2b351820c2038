import type { Coalescer } from '../aws/index.ts';
import type { Availability } from '../breaker/index.ts';
import type { Clock } from '../clock.ts';
import { type AnyTask, definitionOf, type TaskMessage } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import { deferTask } from './deferTask.ts';
import type { Asked } from './delivery.ts';
import type { InputOffload } from './inputOffload.ts';
import { outgoing } from './outgoing.ts';
import { publishFailure } from './publishFailure.ts';

export interface BringerOptions {
  readonly inputs: InputOffload;
  readonly publishes: Coalescer<Asked, void>;
  readonly table: TaskTable;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly availability: () => Availability;
}

export interface Bringable {
  readonly task: Pick<AnyTask, 'name' | 'retentionMs'>;
  /** The task where it is known; else nothing of the input is shown while the message waits in the table. */
  readonly contract: AnyTask | undefined;
  readonly message: TaskMessage;
  readonly isDurable: boolean;
}

/** Resolves once a message is out, or kept. */
export type BringMessage = (bringable: Bringable) => Promise<void>;

export function messageBringer(options: BringerOptions): BringMessage {
  const { inputs, publishes, table, clock, availability } = options;
  return async ({ task, contract, message, isDurable }) => {
    const { dueAt } = message;
    const isKept = isDurable || dueAt !== undefined;
    await inputs.publish({ task, message, isKept }, async (ready) => {
      const keepable = { ...outgoing(ready), definition: definitionOf(contract, ready) };
      if (dueAt !== undefined) return deferTask(table, keepable, dueAt);
      const entry = { ...keepable, isDurable, askedAt: clock.monotonic() };
      return publish(publishes, entry, availability);
    });
  };
}

async function publish(
  publishes: Coalescer<Asked, void>,
  entry: Asked,
  availability: () => Availability,
): Promise<void> {
  try {
    await publishes.add(entry);
  } catch (cause) {
    throw publishFailure(entry.id, cause, availability());
  }
}
