import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { startApiUnderTest } from './startApiUnderTest.ts';

it('stops when it has answered what it was asked, whoever keeps a connection', async () => {
  const [asked, answering] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const api = await startApiUnderTest({
    extraReplicas: 1,
    change: (access) => ({
      ...access,
      queues: async () => {
        asked.resolve();
        await answering.promise;
        return [];
      },
    }),
  });
  const [replica] = api.replicas;
  const answer = fetch(`${replica?.address}/api/queues`);
  await asked.promise;
  const stopped = replica?.stop();
  const isRefused = async () =>
    fetch(`${replica?.address}/healthz`).then(
      () => false,
      () => true,
    );
  await vi.waitUntil(isRefused, 10_000);
  answering.resolve();
  expect(await (await answer).json()).toEqual({ queues: [] });
  await stopped;
  await api.stop();
});

it('stops although somebody has connected and says nothing', async () => {
  const api = await startApiUnderTest();
  const { hostname, port } = new URL(api.address);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  // Whoever came later is served already.
  await api.ask('GET', '/healthz');
  const closed = once(socket, 'close');
  await api.stop();
  await closed;
  expect(socket.destroyed).toBe(true);
});
