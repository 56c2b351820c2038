import { EventEmitter } from 'node:events';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { type FleetAccess, openFleet } from '@taskfleet/platform/access';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLine, type RunOptions } from '../../platform/cli/testing/runInProcess.ts';
import { echoWorker, sampleFleet } from './sampleFleet.ts';
import { type PlatformUnderTest, startPlatformUnderTest } from './startPlatformUnderTest.ts';

let platform: PlatformUnderTest;
let stack: AsyncDisposableStack;
beforeEach(async () => {
  stack = new AsyncDisposableStack();
  platform = stack.adopt(await startPlatformUnderTest(), async (started) => started.stop());
});
afterEach(async () => stack.disposeAsync());

function startTracker(): void {
  stack.adopt(platform.startTracker(), async (tracker) => tracker.stop());
}

function startEcho(): void {
  const handlers = { 'echo.say': () => ({ said: '' }), 'echo.ask': () => ({ asked: 0 }) };
  stack.adopt(platform.startEcho(handlers), async (worker) => worker.stop());
}

function commands(options: Partial<RunOptions> = {}) {
  const open = async (): Promise<FleetAccess> => {
    const access = openFleet(platform.environment, systemClock);
    stack.defer(() => access.close());
    return access;
  };
  return commandLine({ fleet: sampleFleet, openFleet: open, ...options });
}

interface Found {
  readonly subject: string;
  readonly verdict: string;
  readonly cause: string;
}

async function errors(...args: string[]): Promise<readonly Found[]> {
  const { stdout } = await commands()('doctor', '--json', ...args);
  const { checks } = JSON.parse(stdout) as { checks: readonly Found[] };
  return checks.filter(({ verdict }) => verdict === 'error');
}

describe('a ping that nobody answers', () => {
  it('is found, explained by its queue, and not run much later', async () => {
    startTracker();
    expect(await errors('--timeout', '2s', '--worker', 'echo')).toMatchObject([
      {
        subject: 'ping of echo',
        cause: 'no answer within 2 s: its queue has 1 waiting, 0 held: nobody receives',
      },
    ]);
    const { stdout } = await commands()('list', '--json');
    expect(JSON.parse(stdout).tasks).toMatchObject([
      { task: echoWorker.ping.name, state: 'queued' },
    ]);
    const { queueUrl: QueueUrl } = platform.queues.get('echo')!;
    const receive = new ReceiveMessageCommand({ QueueUrl });
    const { Messages = [] } = await platform.clients.sqs.send(receive);
    const { createdAt, expires } = JSON.parse(Messages[0]?.Body ?? '');
    expect(expires - createdAt).toBe(62_000);
  });

  it('is given up with Ctrl-C', async () => {
    const signals = new EventEmitter();
    const running = commands({ signals })('doctor');
    await expect.poll(() => signals.listenerCount('SIGINT')).toBe(1);
    signals.emit('SIGINT');
    expect(await running).toEqual({ exitCode: 130, stdout: '', stderr: '' });
  });
});

describe('a ping that nobody records', () => {
  it('is a finding of the platform, and not of the worker', async () => {
    startEcho();
    expect(await errors('--timeout', '2s')).toMatchObject([
      { subject: 'platform', cause: 'of 1 of 1 pings it has not recorded in time who asked' },
    ]);
  });
});
