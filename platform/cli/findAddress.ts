import { NoFleetError } from '../errors.ts';
import { remoteAddress, type RemoteOptions } from '../remote/index.ts';
import { findLocalFleet, type FindOptions } from './findFleet.ts';

/** Where a stage's pages are: at the address that is given, otherwise at that of the fleet on this machine. Throws NoFleetError and ConfigError. */
export async function findAddress(where: RemoteOptions, places: FindOptions): Promise<string> {
  const given = remoteAddress(where, places.environment);
  if (given !== undefined) return given;
  if (places.environment['TASKFLEET_STAGE']) {
    throw new NoFleetError('of a stage on AWS nobody knows the address here: give --url');
  }
  const { api } = await findLocalFleet(places);
  if (api === undefined) throw new NoFleetError('the one on this machine has no pages');
  return api;
}
