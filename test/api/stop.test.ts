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
