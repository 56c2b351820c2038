import type { Clock } from '@taskfleet/toolbox/clock';

/** npm passes on a Ctrl-C that the terminal has already sent to the whole group: two this close are one. */
const ONE_CTRL_C_MS = 500;

/** Calls `first` on the first Ctrl-C or SIGTERM, and when the starting process dies; `second` on the next. */
export function onStopSignals(
  clock: Pick<Clock, 'monotonic'>,
  { first, second }: { readonly first: () => void; readonly second: () => void },
): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = clock.monotonic();
      first();
    } else if (clock.monotonic() - firstAt > ONE_CTRL_C_MS) second();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) {
    process.on(signal, onSignal);
  }
}
