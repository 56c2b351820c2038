import { once } from 'node:events';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import { takeDataFolder } from './dataFolder.ts';
import { type Emulator, type EmulatorOptions, LOOPBACK } from './emulator.ts';
import { listenOnLoopbackOnly } from './loopbackOnly.ts';

/** AWS takes seconds to make a table; waiting for that teaches nothing. */
const TABLE_CHANGE_MS = 1;

const TIMES = {
  createTableMs: TABLE_CHANGE_MS,
  updateTableMs: TABLE_CHANGE_MS,
  deleteTableMs: TABLE_CHANGE_MS,
} as const;

/** Starts DynamoDB. With a data folder, tables are kept in a LevelDB store in `table/`. Throws DataFolderInUseError. */
export async function startTable({ port = 0, dataDir }: EmulatorOptions): Promise<Emulator> {
  listenOnLoopbackOnly();
  using starting = new DisposableStack();
  const folder = dataDir === undefined ? undefined : takeDataFolder(dataDir, 'table');
  starting.use(folder);
  const server = dynalite({ ...TIMES, ...(folder && { path: folder.path }) });
  server.listen(port, LOOPBACK);
  await once(server, 'listening');
  const held = starting.move();
  return {
    endpoint: `http://${LOOPBACK}:${portOf(server)}`,
    stop: () => close(server).finally(() => held.dispose()),
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('expected a TCP server');
  return address.port;
}

/** Connections that clients keep alive would hold the server open. */
async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  server.closeAllConnections();
  await closed;
}
