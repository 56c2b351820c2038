import { systemClock } from '@taskfleet/toolbox/clock';
import { guardPlatformTable } from '@taskfleet/platform/tracker';
import { startWatcher } from '@taskfleet/platform/dead-letters';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  clientsOf,
  platformStatistics,
  resourcesOf,
  serviceQueues,
} from '../fixtures/startParts.ts';
import { startRestartableStack } from '../toolbox/restartableStack.ts';
import { IMPATIENT, startPlatformProcess } from './platformProcess.ts';
import { sampleFleet } from './sampleFleet.ts';
import { silent } from './startPlatformUnderTest.ts';

let started: AsyncDisposableStack;
beforeEach(() => {
  started = new AsyncDisposableStack();
});
afterEach(async () => started.disposeAsync());

const gone = (url: string) => ({ queueUrl: url, deadLetterQueueUrl: `${url}_gone.fifo` });

async function startStack() {
  return started.adopt(await startRestartableStack(sampleFleet), async (s) => s.stop());
}

function startProcess(stack: Awaited<ReturnType<typeof startStack>>, queues: object) {
  const settings = { TASKFLEET_QUEUES: JSON.stringify(queues) };
  return started.use(startPlatformProcess({ stack, program: IMPATIENT, settings }));
}

describe('the watchdog of the platform', () => {
  it('ends the process when the tracker receives nothing more', async () => {
    const stack = await startStack();
    const platform = startProcess(stack, {});
    await platform.printed('"event":"platform.started"');
    await stack.queues.stop();
    expect(await platform.ended).toBe(3);
    expect(platform.stdout()).toContain('"event":"watchdog.expired"');
  });

  it('ends the process when the watcher receives nothing from any queue', async () => {
    const stack = await startStack();
    const { queueUrl } = serviceQueues(stack, 'echo');
    const platform = startProcess(stack, { echo: gone(queueUrl), platform: gone(queueUrl) });
    expect(await platform.ended).toBe(3);
    expect(platform.stdout()).toContain('"event":"watchdog.expired"');
  });

  it('leaves it alone when one queue of several is gone', async () => {
    const stack = await startStack();
    const { sqs, dynamodb } = clientsOf(stack);
    const pair = serviceQueues(stack, 'echo');
    let heard = 0;
    const end = Promise.withResolvers<'heard'>();
    sqs.middlewareStack.add((next) => async (args) => {
      const answer = await next(args);
      heard += 1;
      if (heard === 5) end.resolve('heard');
      return answer;
    });
    const table = { dynamodb, tableName: resourcesOf(stack).tableName };
    const watcher = startWatcher({
      fleet: sampleFleet,
      sqs,
      table: guardPlatformTable({ table, clock: systemClock, log: silent }),
      queues: new Map([
        ['echo', pair],
        ['other', gone(pair.queueUrl)],
      ]),
      flows: { advance: async () => undefined },
      statistics: platformStatistics(table),
      clock: systemClock,
      log: silent,
      pollSeconds: 1,
      watchdogSeconds: 3,
    });
    started.defer(async () => watcher.stop());
    expect(await Promise.race([end.promise, watcher.expired])).toBe('heard');
  });
});
