import type { Clock } from '@taskfleet/toolbox/clock';
import { ConfigError } from '@taskfleet/toolbox/contract';
import type { FleetAccess } from '../access/index.ts';
import { openRemoteFleet, remoteConfig, type RemoteOptions } from '../remote/index.ts';
import { findFleet, type FindOptions } from './findFleet.ts';
import { openAuditedFleet } from './openAuditedFleet.ts';
import { readSettingsHere } from './readSettingsHere.ts';

export interface NamedFleetOptions {
  readonly where: RemoteOptions;
  readonly places: FindOptions;
  readonly clock: Clock;
  /** The account on this machine. */
  readonly user: string;
}

/**
 * The stage at an address, where one is given; otherwise through AWS's own interfaces, where the environment or the fleet on this machine
 * says. At an address it is the platform that audits. Throws ConfigError with all that is wrong, whichever of them would have read it.
 */
export async function openNamedFleet({
  where,
  places,
  clock,
  user,
}: NamedFleetOptions): Promise<FleetAccess> {
  const { problems } = await readSettingsHere({ reader: 'cli', where, places });
  if (problems.length > 0) throw new ConfigError(problems);
  const remote = await remoteConfig(where, places.environment);
  if (remote) return openRemoteFleet(remote, clock);
  return openAuditedFleet(await findFleet(places), clock, user);
}
