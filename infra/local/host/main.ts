/**
 * The host application of `npm start`: a web application beside the fleet. It has what any has that schedules tasks: the stage's
 * variables in its environment, and the address of the platform, here from the note that `npm start` leaves for other programs.
 */
import { fleet as contracts } from '@taskfleet/fleet';
import { artifactsOf } from '@taskfleet/toolbox/artifacts';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { fleetConfig } from '@taskfleet/toolbox/config';
import { connectFleet } from '@taskfleet/toolbox/schedule';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openHome, runningNote } from '../home.ts';
import { toldBroker } from './toldBroker.ts';
import { platformApi } from './platformApi.ts';
import { startHost } from './startHost.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    home: { type: 'string', default: '.taskfleet' },
  },
});
const home = openHome(values.home);
const { bucketName, ...config } = fleetConfig(process.env);
const bucket = { s3: createClients(config).s3, bucketName };

const host = await startHost({
  port: Number(values.port),
  contracts,
  fleet: connectFleet(process.env, { fleet: contracts }),
  platform: platformApi(() => runningNote(home)?.api),
  uploads: artifactsOf(bucket, { worker: 'uploads' }),
  folder: join(home.folder, 'host'),
  broker: toldBroker(process),
  clock: systemClock,
  log: (line) => process.stderr.write(`${line}\n`),
});
process.send?.({ event: 'host.started', address: host.address });

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void host.stop().finally(() => process.exit()));
}
