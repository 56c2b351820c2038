import { startPlatformUnderTest } from './startPlatformUnderTest.ts';
import { type FleetAccess, openFleet } from '@taskfleet/platform/access';
import { systemClock } from '@taskfleet/toolbox/clock';
import { NonRetryableError } from '@taskfleet/toolbox/contract';
import { commandLine, type RunOptions } from '../../platform/cli/testing/runInProcess.ts';
import { sampleFleet } from './sampleFleet.ts';

/** A platform with its tracker and a worker, and the command line on it. */
export type CliUnderTest = Awaited<ReturnType<typeof startCliUnderTest>>;

export async function startCliUnderTest() {
  const platform = await startPlatformUnderTest();
  const tracker = platform.startTracker();
  const worker = platform.startEcho({
    'echo.say': async ({ text, times }, context) => {
      context.progress(0.5, 'halfway');
      context.log.info(`asked to ${text}`, { times });
      if (text === 'fail') throw new NonRetryableError('nothing to say');
      if (text === 'hang') await systemClock.sleep(60_000, context.signal);
      return { said: text.repeat(times) };
    },
    'echo.ask': () => ({ asked: 0 }),
  });
  const opened: FleetAccess[] = [];
  const commands = (options: Partial<RunOptions> = {}, environment = platform.environment) => {
    const open = async () => {
      const access = openFleet(environment, systemClock);
      opened.push(access);
      return access;
    };
    return commandLine({ fleet: sampleFleet, openFleet: open, ...options });
  };
  return {
    platform,
    commands,
    run: commands(),
    stop: async () => {
      for (const access of opened) access.close();
      await worker.stop();
      await tracker.stop();
      await platform.stop();
    },
  };
}
