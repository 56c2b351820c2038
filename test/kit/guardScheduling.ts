import type { Scheduling } from '@taskfleet/toolbox/schedule';
import { FleetStoppedError } from './errors.ts';
import type { Ground } from './parts.ts';
import { checkKnown } from './refuseStrangers.ts';

/** Says what is wrong with a call before anything is published: the fleet has ended, or has no such task. */
export function guardScheduling(
  { schedule, scheduleMany, start }: Scheduling,
  { fleet }: Pick<Ground, 'fleet'>,
  isStopped: () => boolean,
): Scheduling {
  const check = (task?: string) => {
    if (isStopped()) throw new FleetStoppedError();
    if (task !== undefined) checkKnown(fleet, task);
  };
  return {
    schedule: async (task, ...call) => {
      check(task.name);
      return schedule(task, ...call);
    },
    scheduleMany: async (task, ...call) => {
      check(task.name);
      return scheduleMany(task, ...call);
    },
    start: async (...call) => {
      check();
      return start(...call);
    },
  };
}
