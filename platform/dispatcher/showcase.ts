import { type Fleet, parseMessage, type TaskId } from '@taskfleet/toolbox/contract';
import { type DueMessage, putDefinitionOnce, type TaskTable } from '@taskfleet/toolbox/table';
import { definitionOf } from '../tracker/definitionOf.ts';

export interface ShowcaseOptions {
  readonly table: TaskTable;
  /** Whose schemas say what is secret. */
  readonly fleet: Fleet;
}

/**
 * Gives the tasks of waiting messages a definition, so that they are seen as `scheduled`. The tracker's copy, which comes with the
 * publish, replaces it: then they are `queued`.
 */
export class Showcase {
  readonly #options: ShowcaseOptions;
  readonly #shown = new Set<TaskId>();

  constructor(options: ShowcaseOptions) {
    this.#options = options;
  }

  /** Rejects when the table does. */
  async show(messages: readonly DueMessage[]): Promise<void> {
    const { table, fleet } = this.#options;
    for (const { id, body, dueAt } of messages.filter((message) => !this.#shown.has(message.id))) {
      const parsed = parseMessage(body);
      if (parsed.ok) {
        const { definition, retentionMs } = definitionOf(fleet, parsed.value);
        const waiting = { ...definition, dueAt: Math.floor(dueAt) };
        await putDefinitionOnce(table, { definition: waiting, retentionMs });
      }
      this.#shown.add(id);
    }
  }

  has(id: TaskId): boolean {
    return this.#shown.has(id);
  }

  forget(messages: readonly DueMessage[]): void {
    for (const { id } of messages) this.#shown.delete(id);
  }
}
