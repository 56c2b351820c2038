import { join } from 'node:path';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inheritedEnvironment } from './inheritedEnvironment.ts';
import { SupervisedService, type ServiceNews } from './supervisedService.ts';

const started = z.object({ event: z.literal('worker.started'), pid: z.int() });

describe('a supervised service', () => {
  const services: SupervisedService[] = [];
  afterEach(async () => {
    for (const service of services.splice(0)) await service.stop();
  });

  function supervise(program: string) {
    const news: ServiceNews[] = [];
    const waiting: (() => void)[] = [];
    const service = new SupervisedService({
      spec: () => ({
        name: program,
        program: join(import.meta.dirname, '..', 'testing', `${program}.ts`),
        environment: inheritedEnvironment(process.env),
        isReady: (said) => started.safeParse(said).success,
      }),
      onNews: (one) => {
        news.push(one);
        for (const wake of waiting.splice(0)) wake();
      },
      clock: systemClock,
    });
    services.push(service);
    /** Resolves once there is so much news of that kind. */
    const heard = async (kind: ServiceNews['kind'], count = 1): Promise<void> => {
      while (news.filter((one) => one.kind === kind).length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    };
    return { service, news, heard };
  }

  const pidOf = (said: unknown) => started.parse(said).pid;

  it('is started again when it is killed, and that is said', async () => {
    const { service, news, heard } = supervise('obedient');
    const pid = pidOf(await service.start());
    process.kill(pid, 'SIGKILL');
    await heard('ready', 2);
    expect(news).toContainEqual({ kind: 'crashed', how: 'SIGKILL', restartInMs: 500 });
    const ready = news.filter((one) => one.kind === 'ready');
    expect(pidOf(ready[1]?.said)).not.toBe(pid);
  });

  it('waits longer after each crash in a row, and passes on what it printed', async () => {
    const { service, news, heard } = supervise('crashing');
    void service.start();
    await heard('crashed', 2);
    expect(news.filter((one) => one.kind === 'crashed')).toEqual([
      { kind: 'crashed', how: 'exit code 7', restartInMs: 500 },
      { kind: 'crashed', how: 'exit code 7', restartInMs: 1_000 },
    ]);
    expect(news).toContainEqual({ kind: 'line', line: 'cannot read the map' });
  });

  it('stays down once it has been stopped', async () => {
    const { service, news } = supervise('obedient');
    const pid = pidOf(await service.start());
    await service.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(news.map(({ kind }) => kind)).not.toContain('crashed');
  });

  it('starts again after it has been stopped, as often as one likes', async () => {
    const { service, news } = supervise('obedient');
    const pids = [pidOf(await service.start())];
    await service.stop();
    pids.push(pidOf(await service.start()));
    expect(new Set(pids).size).toBe(2);
    process.kill(pids[1] ?? 0, 0);
    expect(news.map(({ kind }) => kind)).not.toContain('crashed');
  });

  it('is another process after a restart, without a word of a crash', async () => {
    const { service, news, heard } = supervise('obedient');
    const pid = pidOf(await service.start());
    await service.restart();
    await heard('ready', 2);
    const ready = news.filter((one) => one.kind === 'ready');
    expect(pidOf(ready[1]?.said)).not.toBe(pid);
    expect(news.map(({ kind }) => kind)).not.toContain('crashed');
  });
});
