import type { Server } from 'node:http';
import type { Socket } from 'node:net';

export interface SilentConnections {
  /** Ends them, and those that come from now on. */
  destroy(): void;
}

/**
 * Connections on which nothing has been asked yet, such as browsers open in advance. A server that closes does not take them for idle, and
 * would wait for as long as their clients keep them.
 */
export function silentConnections(server: Server): SilentConnections {
  const silent = new Set<Socket>();
  let isOver = false;
  server.on('connection', (socket: Socket) => {
    if (isOver) socket.destroy();
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  return {
    destroy: () => {
      isOver = true;
      for (const socket of silent) socket.destroy();
    },
  };
}
