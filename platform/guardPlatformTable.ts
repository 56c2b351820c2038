import { type BreakerOptions, type GuardedTable, guardTable } from '@taskfleet/toolbox/breaker';
import type { Clock } from '@taskfleet/toolbox/clock';
import type { Log } from '@taskfleet/toolbox/log';
import type { TaskTable } from '@taskfleet/toolbox/table';

export interface GuardPlatformTableOptions {
  readonly table: TaskTable;
  /** What differs from the platform's own. Default: nothing. */
  readonly breaker?: Partial<BreakerOptions> | undefined;
  readonly clock: Pick<Clock, 'now' | 'monotonic' | 'random' | 'randomBytes'>;
  readonly log: Pick<Log, 'event'>;
}

/**
 * The first failure opens, or in busy moments the second: nobody is refused by it. A needless pause makes records seconds late, and
 * a late one costs each message at hand a receive more. The window is two timeouts, so that a slow failure meets a call in it.
 */
const AT_ONCE = { volumeThreshold: 1, errorPercentage: 1, rollingWindowMs: 10_000 } as const;

/** Among the definitions, which only the platform may read, and no task's. */
const PROBE_KEY = 'task#probe';

/** The task table behind one breaker for everything that the platform does with it. Throws ConfigError for options out of bounds. */
export function guardPlatformTable(options: GuardPlatformTableOptions): GuardedTable {
  const { breaker, ...rest } = options;
  return guardTable({ ...rest, probeKey: PROBE_KEY, options: { ...AT_ONCE, ...breaker } });
}
