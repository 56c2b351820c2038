import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Life } from '../check/facts.ts';
import { saidInLab } from '../fleet/sideLog.ts';
import type { LabProcess } from '../processes/labProcess.ts';
import type { Termination } from './planTerminations.ts';

export interface TerminateOptions {
  /** For each process by name; each runs already. */
  readonly plan: ReadonlyMap<string, readonly Termination[]>;
  readonly processes: ReadonlyMap<string, LabProcess>;
  /** Called with each process that has ended so. */
  readonly onTerminated: (life: Life) => void;
}

/** A worker that has nothing to do is terminated all the same. */
const LONGEST_IDLE_MS = 600;

/** Sends every SIGTERM of the plan, and starts each worker again at once. Resolves when all are up again. */
export async function terminateWorkers(options: TerminateOptions): Promise<void> {
  const { plan, processes, onTerminated } = options;
  await Promise.all(
    [...plan].map(async ([name, terminations]) => {
      const process = processes.get(name);
      if (!process) throw new RangeError(`the lab has no process ${name}`);
      let up = Promise.resolve();
      for (const termination of terminations) {
        await reach(process, up, termination);
        await terminate(process, termination);
        onTerminated(process.life);
        up = process.start();
        // Most are told to stop before they are up.
        up.catch(() => undefined);
      }
      await up;
    }),
  );
}

async function terminate(process: LabProcess, { secondAfterMs }: Termination): Promise<void> {
  const ended = process.terminate();
  if (secondAfterMs !== undefined) {
    await Promise.race([ended, sleep(secondAfterMs)]);
    process.hurry();
  }
  await ended;
}

/** Resolves at the moment of this termination, or when the process has ended by itself. */
async function reach(
  process: LabProcess,
  up: Promise<void>,
  { after, delayMs }: Termination,
): Promise<void> {
  const heard = Promise.withResolvers<void>();
  using _listener = process.listen((said) => {
    if (saidInLab.safeParse(said).data?.kind === after) heard.resolve();
  });
  const isUp = up.catch(() => undefined);
  const idle = async () => {
    await isUp;
    await Promise.race([heard.promise, sleep(LONGEST_IDLE_MS)]);
  };
  if (after === 'up') await isUp;
  else if (after !== 'launch') await idle();
  await Promise.race([sleep(delayMs), process.exited]);
}

const released = z.object({ event: z.literal('task.released') });

/** Counts the attempts that workers gave back because they stopped. */
export function countReleased(
  processes: Iterable<LabProcess>,
): Disposable & { readonly n: number } {
  let n = 0;
  const listeners = new DisposableStack();
  for (const process of processes) {
    listeners.use(process.listen((said) => void (n += released.safeParse(said).success ? 1 : 0)));
  }
  return {
    get n() {
      return n;
    },
    [Symbol.dispose]: () => listeners.dispose(),
  };
}
