import type { EventEmitter } from 'node:events';
import type { Clock } from '@taskfleet/toolbox/clock';

/** npm passes on a Ctrl-C that the terminal has already sent to the whole group: two this close are one. */
const ONE_CTRL_C_MS = 500;

export interface StopSignalOptions {
  readonly source: Pick<EventEmitter, 'on'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Called on the first Ctrl-C or SIGTERM, and when the process that started this one dies. */
  readonly first: () => void;
  /** Called on the next: somebody insists. */
  readonly second: () => void;
}

export function onStopSignals({ source, clock, first, second }: StopSignalOptions): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = clock.monotonic();
      first();
    } else if (clock.monotonic() - firstAt > ONE_CTRL_C_MS) second();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) source.on(signal, onSignal);
}
