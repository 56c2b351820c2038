import { setTimeout as sleep } from 'node:timers/promises';
import { implement, NonRetryableError, type TaskContext } from '@taskfleet/toolbox/contract';
import { fraction } from '../seededRandom.ts';
import { MAX_ATTEMPTS, quick, runningWorker } from './labFleet.ts';
import type { Said, Say } from './sideLog.ts';

export interface LabHandlersOptions {
  readonly seed: string;
  readonly say: Say;
}

type Subject = Pick<Said, 'n' | 'group' | 'sequence' | 'role' | 'given'>;

/** Every attempt that is to fail is so by the seed: in another run with it, the same fail. */
export function labHandlers({ seed, say }: LabHandlersOptions) {
  const failsOnce = (n: number, attempt: number) => fraction(seed, 'fails', n, attempt) < 0.2;
  const failsAlways = (n: number) => fraction(seed, 'fails always', n) < 0.1;

  return implement(runningWorker, {
    'lab.quick': async (input, ctx) => said(say, input, ctx, async () => sleep(1)),
    'lab.slow': async (input, ctx) => said(say, input, ctx, async () => workSlowly(input.ms, ctx)),
    'lab.flaky': async (input, ctx) =>
      said(say, input, ctx, async () => {
        await sleep(20);
        if (failsAlways(input.n) || failsOnce(input.n, ctx.attempt)) throw new Error('as planned');
      }),
    'lab.step': async (input, ctx) =>
      said(say, input, ctx, async () => {
        await sleep(20 + fraction(seed, 'takes', input.n) * 150);
        if (failsOnce(input.n, ctx.attempt)) throw new Error('as planned');
      }),
    'lab.parent': async (input, ctx) =>
      said(say, input, ctx, async () => {
        for (let i = 0; i < input.children; i += 1) {
          const { id } = await ctx.schedule(quick, { n: input.n });
          say({ kind: 'scheduled', id: ctx.id, attempt: ctx.attempt, n: input.n, child: id });
        }
      }),
    'lab.member': async ({ n, ms, fails }, ctx) => {
      await said(say, { n }, ctx, async () => {
        await sleep(ms, undefined, { signal: ctx.signal });
        if (fails) throw new NonRetryableError('as planned');
        // Not in its last attempt: of ten thousand members, one would fail for good.
        if (ctx.attempt < MAX_ATTEMPTS && failsOnce(n, ctx.attempt)) throw new Error('as planned');
      });
      return { n };
    },
    'lab.gather': async ({ n, ms, results }, ctx) =>
      said(say, { n, role: 'callback', given: results }, ctx, async () =>
        sleep(ms, undefined, { signal: ctx.signal }),
      ),
    'lab.regret': async ({ n }, ctx) =>
      said(say, { n, role: 'failure' }, ctx, async () => sleep(20)),
    'lab.tick': async ({ n }, ctx) => said(say, { n, role: 'firing' }, ctx, async () => sleep(1)),
  });
}

const STEP_MS = 100;

async function workSlowly(ms: number, ctx: TaskContext): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += STEP_MS) {
    await sleep(STEP_MS, undefined, { signal: ctx.signal });
    ctx.progress(passedMs / ms);
  }
}

/** Does the work between its two lines. An abort is said at the moment of it, whatever the work does about it. */
async function said(
  say: Say,
  subject: Subject,
  { id, attempt, signal }: TaskContext,
  work: () => Promise<void>,
): Promise<Record<string, never>> {
  const about = { id, attempt, ...subjectOf(subject) };
  say({ kind: 'begin', ...about });
  const onAbort = () => say({ kind: 'aborted', ...about });
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  try {
    await work();
    say({ kind: 'returned', ...about });
    return {};
  } catch (error) {
    say({ kind: 'threw', ...about });
    throw error;
  } finally {
    // The signal outlives the attempt: a worker's grace aborts them all.
    signal.removeEventListener('abort', onAbort);
  }
}

/** Without what else is in an input. */
function subjectOf({ n, group, sequence, role, given }: Subject): Subject {
  return { n, group, sequence, role, given };
}
