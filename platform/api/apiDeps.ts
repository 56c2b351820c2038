import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { LimitsConfig } from './security/requestLimits.ts';
import type { FleetAccess } from '../access/index.ts';
import type { DashboardOptions } from '../dashboard/index.ts';
import type { Identify, IdentityConfig } from '../identity/index.ts';
import type { OwnMetrics } from '../metrics/index.ts';

/** What the routes stand on. */
export interface ApiDeps {
  readonly fleet: Fleet;
  readonly access: FleetAccess;
  readonly identity: IdentityConfig;
  readonly identify: Identify;
  /** What differs from the standard. Default: nothing. */
  readonly limits?: Partial<LimitsConfig>;
  /** Of this process, beside what is known of the fleet. */
  readonly metrics: OwnMetrics;
  readonly clock: Clock;
  readonly log: Log;
  /** The pages that are served beside the API. Default: none. */
  readonly dashboard?: DashboardOptions;
  /** How many may listen to GET /api/events at a time. Default: 200. */
  readonly mostListeners?: number;
}
