import { join } from 'node:path';
import { startFauxqs } from 'fauxqs';
import { allowAllCharacters } from './allowAllCharacters.ts';
import { allowRelease } from './allowRelease.ts';
import { takeDataFolder } from './dataFolder.ts';
import { type Emulator, type EmulatorOptions, LOOPBACK } from './emulator.ts';
import { listenOnLoopbackOnly } from './loopbackOnly.ts';

/**
 * Starts SNS, SQS and S3. With a data folder, queues and topics are kept in a database and objects as plain files, both
 * under `queues/`. Queue URLs name another host than the endpoint: set `useQueueUrlAsEndpoint: false` on clients. Throws
 * DataFolderInUseError.
 */
export async function startQueues({ port = 0, dataDir }: EmulatorOptions): Promise<Emulator> {
  listenOnLoopbackOnly();
  await allowAllCharacters();
  using starting = new DisposableStack();
  const folder = dataDir === undefined ? undefined : takeDataFolder(dataDir, 'queues');
  starting.use(folder);
  const server = await startFauxqs({ port, logger: false, ...folders(folder?.path) });
  if (folder) allowRelease(folder.path);
  const held = starting.move();
  return {
    endpoint: `http://${LOOPBACK}:${server.port}`,
    stop: () => server.stop().finally(() => held.dispose()),
  };
}

function folders(path: string | undefined) {
  return path === undefined ? {} : { dataDir: path, s3StorageDir: join(path, 'objects') };
}
