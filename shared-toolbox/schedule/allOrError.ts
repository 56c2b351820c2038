import { ScheduleManyError, type TaskHandle } from '../contract/index.ts';

/** The handles of all, or ScheduleManyError with those of the ones that were scheduled. Waits until all are settled. */
export async function allOrError<H extends TaskHandle>(calls: readonly Promise<H>[]): Promise<H[]> {
  const settled = await Promise.allSettled(calls);
  const handles = settled.map((call) => (call.status === 'fulfilled' ? call.value : undefined));
  const errors = settled.map((call) => (call.status === 'rejected' ? call.reason : undefined));
  if (errors.some((error) => error !== undefined)) throw new ScheduleManyError(handles, errors);
  return handles.filter((handle) => handle !== undefined);
}
