import type { AnyTask, TaskHandle } from '@taskfleet/toolbox/contract';
import type { Scheduling } from '@taskfleet/toolbox/schedule';
import type { Ground } from './parts.ts';
import { checkKnown } from './refuseStrangers.ts';

/** Says before anything is published that the fleet has no such task; and that it has ended, to whoever calls or waits after that. */
export function guardScheduling(
  { schedule, scheduleMany, start }: Scheduling,
  { fleet, wire }: Pick<Ground, 'fleet' | 'wire'>,
): Scheduling {
  const orClosed = async <V>(asked: Promise<V>): Promise<V> => Promise.race([asked, wire.closed]);
  const guarded = <T extends AnyTask>(handle: TaskHandle<T>): TaskHandle<T> => ({
    ...handle,
    result: async (options) => orClosed(handle.result(options)),
  });
  return {
    schedule: async (task, ...call) => {
      checkKnown(fleet, task.name);
      return guarded(await orClosed(schedule(task, ...call)));
    },
    scheduleMany: async (task, ...call) => {
      checkKnown(fleet, task.name);
      return (await orClosed(scheduleMany(task, ...call))).map((handle) => guarded(handle));
    },
    start: async (...call) => {
      const handle = await orClosed(start(...call));
      return { ...handle, result: async (options) => orClosed(handle.result(options)) };
    },
  };
}
