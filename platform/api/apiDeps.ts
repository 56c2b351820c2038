import type { Clock } from '@taskfleet/toolbox/clock';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { Log } from '@taskfleet/toolbox/log';
import type { FleetAccess } from '../access/index.ts';
import type { DashboardOptions } from '../dashboard/index.ts';
import type { Identify } from '../identity/index.ts';

/** What the routes stand on. */
export interface ApiDeps {
  readonly fleet: Fleet;
  readonly access: FleetAccess;
  readonly identify: Identify;
  readonly clock: Clock;
  readonly log: Log;
  /** The pages that are served beside the API. Default: none. */
  readonly dashboard?: DashboardOptions;
  /** How many may listen to GET /api/events at a time. Default: 200. */
  readonly mostListeners?: number;
}
