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
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openHome, runningNote } from '../home.ts';
import type { MailServer } from './mail/startMailServer.ts';
import { toldBroker } from './toldBroker.ts';
import { platformApi } from './platformApi.ts';
import { startHost } from './startHost.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'mail-port': { type: 'string', default: '0' },
    home: { type: 'string', default: '.taskfleet' },
  },
});
const home = openHome(values.home);
const folder = resolve(home.folder, 'host');
const { bucketName, ...config } = fleetConfig(process.env);
const bucket = { s3: createClients(config).s3, bucketName };
const mail = await startMail();

const host = await startHost({
  port: Number(values.port),
  contracts,
  fleet: connectFleet(process.env, { fleet: contracts }),
  platform: platformApi(() => runningNote(home)?.api),
  uploads: artifactsOf(bucket, { worker: 'uploads' }),
  letters: () => mail?.messages() ?? [],
  folder,
  broker: toldBroker(process),
  clock: systemClock,
  log: (line) => process.stderr.write(`${line}\n`),
});
const { address } = host;
process.send?.({ event: 'host.started', address, mail: mail?.url, folder });

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void stop().finally(() => process.exit()));
}

/** Where there is a worker that sends mail, a server that takes it. */
async function startMail(): Promise<MailServer | undefined> {
  if (!contracts.workers.some(({ name }) => name === 'email')) return undefined;
  const { startMailServer } = await import('./mail/startMailServer.ts');
  return startMailServer(join(folder, 'mail'), Number(values['mail-port']));
}

async function stop(): Promise<void> {
  await host.stop();
  await mail?.stop();
}
