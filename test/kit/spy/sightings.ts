import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { TaskId, TaskResultRecord, TaskState } from '@taskfleet/toolbox/contract';
import { TASK_TABLE } from '@taskfleet/toolbox/table';
import type { Wire, WireRequest } from '../wire.ts';

/** A task that was written to be in a state. */
export interface Sighting {
  readonly id: TaskId;
  readonly state: TaskState;
  /** Attempts begun by then. */
  readonly attempt: number;
  readonly error: TaskResultRecord['error'];
  /** When the write was answered: monotonic milliseconds. */
  readonly at: number;
}

const RESULT = 'result#';

/** Every change of a task's state in the table, whoever made it, in the order in which they were made. */
export class Sightings {
  readonly #seen: Sighting[] = [];
  readonly #last = new Map<TaskId, string>();
  readonly #listeners = new Set<() => void>();

  constructor(wire: Wire, clock: Pick<Clock, 'monotonic'>) {
    wire.intercept(async (request, pass) => {
      if (!isResultUpdate(request)) return pass();
      // What stands in the record after the write, so that nothing which is written soon after is missed for it.
      const answer = await pass({ ...request.input, ReturnValues: 'ALL_NEW' });
      const { Attributes = {} } = answer as { Attributes?: Record<string, AttributeValue> };
      this.#note(Attributes, clock.monotonic());
      return answer;
    });
  }

  get all(): readonly Sighting[] {
    return this.#seen;
  }

  /** Those of one task. */
  of(id: TaskId): readonly Sighting[] {
    return this.#seen.filter((sighting) => sighting.id === id);
  }

  /** Calls after each new one. Returns what ends it. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #note(attributes: Record<string, AttributeValue>, at: number): void {
    const { id, state, attempt, token, error } = unmarshall(attributes) as TaskResultRecord;
    // Progress and the like are no change.
    const as = `${state} ${attempt} ${token}`;
    if (this.#last.get(id) === as) return;
    this.#last.set(id, as);
    this.#seen.push({ id, state, attempt, error, at });
    for (const listener of this.#listeners) listener();
  }
}

function isResultUpdate({ operation, input }: WireRequest): boolean {
  if (operation !== 'UpdateItem') return false;
  const key = input['Key'] as Record<string, AttributeValue> | undefined;
  return key?.[TASK_TABLE.partitionKey]?.S?.startsWith(RESULT) ?? false;
}
