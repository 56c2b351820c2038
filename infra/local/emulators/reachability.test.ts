import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { startQueues } from './queues.ts';
import { startTable } from './table.ts';

/** Addresses of this machine that are not 127.0.0.1; Linux answers on all of 127.0.0.0/8. */
const otherAddresses = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ family, internal }) => family === 'IPv4' && !internal)
  .map(({ address }) => address)
  .concat(process.platform === 'linux' ? ['127.0.0.2'] : []);

async function connects(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function reachableFrom(port: number): Promise<string[]> {
  const answers = await Promise.all(otherAddresses.map((address) => connects(address, port)));
  return otherAddresses.filter((_, i) => answers[i]);
}

describe.each([
  { name: 'queues', start: startQueues },
  { name: 'table', start: startTable },
])('the emulator of the $name', ({ start }) => {
  it.skipIf(otherAddresses.length === 0)('is reached on 127.0.0.1 and on no other', async () => {
    const { endpoint, stop } = await start({});
    const port = Number(new URL(endpoint).port);
    expect(await connects('127.0.0.1', port)).toBe(true);
    expect(await reachableFrom(port)).toEqual([]);
    await stop();
    expect(await connects('127.0.0.1', port)).toBe(false);
  });
});
