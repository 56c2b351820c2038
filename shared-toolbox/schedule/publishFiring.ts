import type { Clock } from '../clock.ts';
import type { PeriodicTask } from '../contract/index.ts';
import type { TaskTable } from '../table/index.ts';
import { buildFiring } from './buildFiring.ts';
import type { Publisher } from './createPublisher.ts';
import { outgoing } from './outgoing.ts';
import type { Taken } from './scheduleVia.ts';
import { sendUnique } from './sendUnique.ts';

export interface PublishFiringOptions {
  readonly table: TaskTable;
  readonly publisher: Pick<Publisher, 'publish'>;
  readonly clock: Pick<Clock, 'now' | 'random' | 'randomBytes'>;
}

/**
 * Publishes the task of a firing, unless one with its unique key has not ended yet and stands for it. Throws ValidationError when the
 * input does not fit the task any more, UnavailableError when the table does not answer, and what a publish throws.
 */
export async function publishFiring(
  { table, publisher, clock }: PublishFiringOptions,
  periodic: PeriodicTask,
  at: number,
): Promise<Taken> {
  return sendUnique(
    { table, clock, send: async ({ message }) => publisher.publish(outgoing(message)) },
    buildFiring(periodic, at, clock),
  );
}
