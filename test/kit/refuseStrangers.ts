import { findTask, parseMessage } from '@taskfleet/toolbox/contract';
import { NotInFleetError } from './errors.ts';
import type { Ground } from './parts.ts';
import type { WireRequest } from './wire.ts';

/** A topic takes tasks for which there is no queue, and they are gone. Here whoever schedules one is told so. */
export function refuseStrangers({ wire, fleet }: Pick<Ground, 'wire' | 'fleet'>): void {
  wire.intercept(async (request, pass) => {
    for (const body of publishedBodies(request)) {
      const message = parseMessage(body);
      if (message.ok) checkKnown(fleet, message.value.task);
    }
    return pass();
  });
}

/** Throws NotInFleetError for a task of a worker that the fleet does not have, UnknownTaskError for one that its worker does not have. */
export function checkKnown(fleet: Ground['fleet'], task: string): void {
  const names = fleet.workers.map(({ name }) => name);
  const [worker = ''] = task.split('.');
  if (!names.includes(worker)) throw new NotInFleetError(task, names);
  findTask(fleet, task);
}

function publishedBodies({ operation, input }: WireRequest): string[] {
  if (operation === 'Publish') return [String(input['Message'])];
  if (operation !== 'PublishBatch') return [];
  const entries = (input['PublishBatchRequestEntries'] ?? []) as { Message?: string }[];
  return entries.map(({ Message = '' }) => Message);
}
