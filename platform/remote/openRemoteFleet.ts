import type { Clock } from '@taskfleet/toolbox/clock';
import type { FleetAccess } from '../access/index.ts';
import { availabilitySchema } from '../api/routes/availability.ts';
import { statisticsSchema } from '../api/schemas/statistics.ts';
import { ApiClient } from './apiClient.ts';
import { NotOverHttpError } from './errors.ts';
import type { RemoteConfig } from './remoteConfig.ts';
import { remoteFiles } from './remoteFiles.ts';
import { remoteIdentity } from './remoteIdentity.ts';
import { remoteLetters } from './remoteLetters.ts';
import { remotePeriodic } from './remotePeriodic.ts';
import { remoteQueues } from './remoteQueues.ts';
import { remoteTasks } from './remoteTasks.ts';
import { remoteWorkers } from './remoteWorkers.ts';

/**
 * Access through a stage's API, with the rights of the token. What is changed is audited there. What only AWS's own interfaces do
 * throws NotOverHttpError.
 */
export function openRemoteFleet(config: RemoteConfig, clock: Clock): FleetAccess {
  const client = new ApiClient({ ...config, clock });
  const periodic = remotePeriodic(client);
  return {
    ...remoteTasks(client, clock),
    ...remoteIdentity(client),
    ...remoteFiles(client),
    ...remoteQueues(client),
    deadLetters: remoteLetters(client, clock),
    workers: remoteWorkers(client, clock),
    periodicOf: () => periodic,
    availability: async () =>
      client.ask({
        path: '/api/availability',
        schema: availabilitySchema,
        action: 'see whether tasks can be scheduled',
      }),
    statistics: async (_fleet, { from, to, stepMs, task }) =>
      client.ask({
        path: '/api/statistics',
        query: { from, to, step: stepMs, task },
        schema: statisticsSchema,
        action: 'read the statistics',
      }),
    // Its address stands for the stage, whose name would take a request.
    place: { stage: new URL(config.address).host, isLocal: false },
    examine: async () => Promise.reject(new NotOverHttpError('examining a stage')),
    countMinutes: async () => Promise.reject(new NotOverHttpError('counting single minutes')),
    dueLag: async () => Promise.reject(new NotOverHttpError('seeing how late what is due is')),
    depth: async () => Promise.reject(new NotOverHttpError('looking into a single queue')),
    close: () => undefined,
  };
}
