import { openFleet } from '@taskfleet/platform/access';
import { systemClock } from '@taskfleet/toolbox/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CliUnderTest, startCliUnderTest } from './startCliUnderTest.ts';
import { newId } from './startPlatformUnderTest.ts';

/** Nobody listens on port 1. */
const nowhere = 'http://127.0.0.1:1';

let cli: CliUnderTest;
beforeAll(async () => {
  cli = await startCliUnderTest();
});
afterAll(() => cli.stop());

describe('a fleet that cannot be reached', () => {
  it.each([
    [['schedule', 'echo.say', '{"text":"a"}'], 'could not schedule the task: '],
    [['schedule', 'echo.say', '{"text":"a"}', '--wait'], 'could not schedule the task: '],
    [['status', newId()], 'could not read the task: '],
    [['list'], 'could not list tasks: '],
    [['put', import.meta.filename], 'could not store the file: '],
  ])('makes %j exit with 4 and one line', async (args, message) => {
    const run = cli.commands(
      {},
      {
        ...cli.platform.environment,
        AWS_ENDPOINT_URL_SNS: nowhere,
        AWS_ENDPOINT_URL_DYNAMODB: nowhere,
        AWS_ENDPOINT_URL_S3: nowhere,
      },
    );
    const { exitCode, stdout, stderr } = await run(...args);
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr).toMatch(/^[^\n]*ECONNREFUSED[^\n]*\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  });

  it('makes a configuration with holes exit with 2 and name them all', async () => {
    const open = async () => openFleet({ TASKFLEET_STAGE: 'local' }, systemClock);
    const { exitCode, stderr } = await cli.commands({ openFleet: open })('list');
    expect(stderr).toMatch(
      /^error: configuration: [^\n]*AWS_REGION: [^\n]+TASKFLEET_TABLE[^\n]+\n$/,
    );
    expect(exitCode).toBe(2);
  });

  it('names the task that goes on when it can no longer be followed', async () => {
    const environment = { ...cli.platform.environment, AWS_ENDPOINT_URL_DYNAMODB: nowhere };
    const run = cli.commands({}, environment);
    const { exitCode, stderr } = await run('schedule', 'echo.say', '{"text":"a"}', '--wait');
    expect(stderr).toMatch(/^error: could not follow task echo_[0-9a-f]{32}, which goes on: /);
    expect(exitCode).toBe(4);
  });
});
