import { type HookCaller, taskFacts } from '../hooks/index.ts';
import type { Prepared } from './prepare.ts';
import type { Taken } from './scheduleVia.ts';

/** Publishes between the hooks. Throws VetoError before anything is sent, and what `publish` throws. */
export async function hookedPublish(
  hooks: HookCaller,
  { definition }: Prepared,
  publish: () => Promise<Taken>,
): Promise<Taken> {
  hooks.beforeSchedule(() => taskFacts(definition));
  const taken = await publish();
  void hooks.call('afterSchedule', () => ({ ...taskFacts(definition), ...taken }));
  return taken;
}
