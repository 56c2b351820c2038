import { TaskfleetError } from '@taskfleet/toolbox/contract';
import type { CliDeps } from '../deps.ts';
import { untilInterrupted } from '../untilInterrupted.ts';
import type { FleetFrame } from './fleetFrame.ts';
import { LiveScreen } from './liveScreen.ts';
import { renderTop } from './renderTop.ts';

export interface LiveTopOptions {
  readonly first: FleetFrame;
  readonly read: () => Promise<FleetFrame>;
  readonly everyMs: number;
}

const CTRL_C = '\u0003';

/** Shows the fleet again and again, until somebody quits. Resolves to `interrupted` when the process was told to end instead. */
export async function liveTop(
  deps: CliDeps,
  { first, read, everyMs }: LiveTopOptions,
): Promise<'interrupted' | 'quit'> {
  const { stdout, signals, clock } = deps;
  const quit = new AbortController();
  let [frame, problem, isPaused] = [first, undefined as string | undefined, false];
  const draw = () => {
    // A terminal that does not know its size says 0.
    const { columns, rows } = { columns: stdout.columns || 80, rows: stdout.rows || 24 };
    const note = isPaused ? 'paused: p goes on, q quits' : 'q quits, p pauses';
    screen.draw(renderTop(stdout, { frame, columns, rows, note, problem }));
  };
  const onKey = (key: string) => {
    if (key === 'q' || key === CTRL_C) quit.abort();
    if (key === 'p') isPaused = !isPaused;
    draw();
  };
  const screen = new LiveScreen(deps, { onKey, onResize: draw });
  const refresh = async () => {
    try {
      [frame, problem] = [await read(), undefined];
    } catch (error) {
      if (!(error instanceof TaskfleetError)) throw error;
      problem = error.message;
    }
  };
  return untilInterrupted<'quit'>(
    signals,
    async (interrupt) => {
      const signal = AbortSignal.any([interrupt, quit.signal]);
      try {
        screen.enter();
        for (;;) {
          draw();
          await clock.sleep(everyMs, signal);
          if (!isPaused) await unlessAborted(refresh(), signal);
        }
      } catch (error) {
        if (quit.signal.aborted) return 'quit';
        throw error;
      } finally {
        screen.leave();
      }
    },
    ['SIGINT', 'SIGTERM', 'SIGHUP'],
  );
}

/** Whoever quits does not wait for an answer. */
async function unlessAborted(running: Promise<void>, signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = () => aborted.reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  try {
    await Promise.race([running, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
