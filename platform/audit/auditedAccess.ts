import type { FleetAccess } from '../access/index.ts';
import type { DeadLetters } from '../deadLetters/index.ts';
import type { Keys } from '../identity/index.ts';
import type { Workers } from '../signals/index.ts';
import { recordAction, type Recorded, type RecordOptions } from './recordAction.ts';

/** What is not audited: reading, and scheduling, which the task's own record tells of. */
type Unaudited =
  | 'schedule'
  | 'availability'
  | 'reader'
  | 'follow'
  | 'put'
  | 'get'
  | 'linkTo'
  | 'outputOf'
  | 'queues'
  | 'queueHistory'
  | 'awaitEnd'
  | 'close'
  | 'place'
  | 'examine'
  | 'depth'
  | 'audit'
  | 'statistics'
  | 'countMinutes'
  | 'dueLag'
  | 'accessKeyId';

type Record = <T>(recorded: Recorded<T>) => Promise<T>;

/** The same access, with everything that changes the fleet recorded. Whatever access gains is to be named on one side or the other. */
export function auditedAccess(
  access: FleetAccess,
  options: Omit<RecordOptions, 'audit'>,
): FleetAccess {
  const record: Record = async (recorded) =>
    recordAction({ ...options, audit: access.audit }, recorded);
  const changes: Omit<FleetAccess, Unaudited> = {
    ...auditedCancels(access, record),
    reschedule: async (id, when) =>
      record({
        action: 'task.reschedule',
        target: id,
        run: async () => access.reschedule(id, when),
        tell: (dueAt) => new Date(dueAt).toISOString(),
      }),
    retry: async (fleet, task, given) =>
      record({
        action: 'task.retry',
        target: task.id,
        run: async () => access.retry(fleet, task, given),
        tell: String,
      }),
    deadLetters: auditedLetters(access.deadLetters, record),
    workers: auditedWorkers(access.workers, record),
    periodicOf: (fleet) => auditedPeriodic(access.periodicOf(fleet), record),
    keys: auditedKeys(access.keys, record),
  };
  return { ...access, ...changes };
}

type Cancels = Pick<FleetAccess, 'cancel' | 'cancelFlow' | 'cancelFamily' | 'purgeQueue'>;

function auditedCancels(access: Cancels, record: Record): Cancels {
  return {
    cancel: async (fleet, id, by) =>
      record({
        action: 'task.cancel',
        target: id,
        run: async () => access.cancel(fleet, id, by),
        tell: String,
      }),
    cancelFlow: async (fleet, id, by) =>
      record({
        action: 'flow.cancel',
        target: id,
        run: async () => access.cancelFlow(fleet, id, by),
        tell: countOf,
      }),
    cancelFamily: async (fleet, id, by) =>
      record({
        action: 'family.cancel',
        target: id,
        run: async () => access.cancelFamily(fleet, id, by),
        tell: countOf,
      }),
    purgeQueue: async (fleet, request, by) =>
      record({
        action: 'queue.purge',
        target: request.worker,
        ...(request.task !== undefined && { detail: request.task }),
        run: async () => access.purgeQueue(fleet, request, by),
        tell: ({ ids }) => countOf(ids),
      }),
  };
}

function auditedLetters(letters: DeadLetters, record: Record): DeadLetters {
  const changes: Omit<DeadLetters, 'list' | 'get'> = {
    redrive: async (id, wait) =>
      record({
        action: 'letter.redrive',
        target: id,
        run: async () => letters.redrive(id, wait),
        tell: ({ pending }) => (pending.length === 0 ? 'redriven' : 'pending'),
      }),
    redriveAll: async (service, wait) =>
      record({
        action: 'letters.redrive',
        target: service,
        run: async () => letters.redriveAll(service, wait),
        tell: ({ redriven, pending }) => `${redriven.length} redriven, ${pending.length} pending`,
      }),
    purge: async (id) =>
      record({ action: 'letter.purge', target: id, run: async () => letters.purge(id) }),
    purgeAll: async (service) =>
      record({
        action: 'letters.purge',
        target: service,
        run: async () => letters.purgeAll(service),
        tell: countOf,
      }),
  };
  return { ...letters, ...changes };
}

function auditedWorkers(workers: Workers, record: Record): Workers {
  const changes: Pick<Workers, 'tell'> = {
    tell: async (fleet, request) =>
      record({
        action: 'worker.tell',
        target: request.process ?? request.worker,
        detail: JSON.stringify(request.order),
        run: async () => workers.tell(fleet, request),
      }),
  };
  return { ...workers, ...changes };
}

type Periodic = ReturnType<FleetAccess['periodicOf']>;

function auditedPeriodic(periodic: Periodic, record: Record): Periodic {
  const changes: Omit<Periodic, 'list' | 'get'> = {
    add: async (task) =>
      record({
        action: 'periodic.add',
        target: task.name,
        detail: JSON.stringify({ task: task.task.name, timing: task.timing }),
        run: async () => periodic.add(task),
      }),
    remove: async (name) =>
      record({ action: 'periodic.remove', target: name, run: async () => periodic.remove(name) }),
    pause: async (name, by) =>
      record({ action: 'periodic.pause', target: name, run: async () => periodic.pause(name, by) }),
    resume: async (name) =>
      record({ action: 'periodic.resume', target: name, run: async () => periodic.resume(name) }),
    run: async (name) =>
      record({
        action: 'periodic.run',
        target: name,
        run: async () => periodic.run(name),
        tell: String,
      }),
  };
  return { ...periodic, ...changes };
}

function auditedKeys(keys: Keys, record: Record): Keys {
  const changes: Omit<Keys, 'list' | 'find'> = {
    create: async (request, by) =>
      record({
        action: 'key.create',
        target: request.name,
        detail: JSON.stringify({ roles: request.roles, expiresInMs: request.expiresInMs }),
        run: async () => keys.create(request, by),
        tell: ({ id }) => id,
      }),
    mint: async (request, by) =>
      record({
        action: 'token.mint',
        target: request.name,
        detail: JSON.stringify({
          roles: request.roles,
          only: request.only,
          expiresInMs: request.expiresInMs,
        }),
        run: async () => keys.mint(request, by),
        tell: ({ id }) => id,
      }),
    revoke: async (id) =>
      record({ action: 'key.revoke', target: id, run: async () => keys.revoke(id) }),
  };
  return { ...keys, ...changes };
}

const countOf = ({ length }: readonly unknown[]) => `${length}`;
