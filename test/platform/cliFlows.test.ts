import { fleetEnvironment, LOCAL_REGION } from '@taskfleet/infra/local';
import { chord, group, signature, type TaskId } from '@taskfleet/toolbox/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandLine } from '../../platform/cli/testing/runInProcess.ts';
import { type FlowsUnderTest, startFlowsUnderTest } from '../canvas/startFlowsUnderTest.ts';
import { add, behave, flowFleet, total } from '../fixtures/flowFleet.ts';
import { openWays, WAYS } from './startCliUnderTest.ts';

const PATIENCE = { timeout: 20_000 } as const;

describe.each(WAYS)('%s access', (way) => {
  let started: AsyncDisposableStack;
  let fleet: FlowsUnderTest;
  let run: ReturnType<typeof commandLine>;
  beforeAll(async () => {
    started = new AsyncDisposableStack();
    fleet = await startFlowsUnderTest(started);
    const { endpoints, outputs } = fleet.stack;
    const environment = {
      ...fleetEnvironment({ stage: 'local', outputs }),
      AWS_REGION: LOCAL_REGION,
      AWS_ENDPOINT_URL_SNS: endpoints.sns,
      AWS_ENDPOINT_URL_SQS: endpoints.sqs,
      AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
      AWS_ENDPOINT_URL_S3: endpoints.s3,
    };
    const ways = started.adopt(openWays(flowFleet), async (opened) => opened.stop());
    run = commandLine({ fleet: flowFleet, openFleet: async () => ways.open(way, environment) });
  });
  afterAll(async () => started.disposeAsync());
  beforeEach(() => fleet.runs.splice(0));

  const waits = group([signature(behave, { how: 'wait' }), signature(behave, { how: 'wait' })]);

  /** A flow whose two members run and wait until they are cancelled, seen by whoever lists its family. */
  async function waitingFlow(): Promise<{ readonly flow: TaskId; readonly members: TaskId[] }> {
    const { id: flow } = await fleet.scheduler.start(waits);
    await vi.waitFor(async () => {
      expect(fleet.inputsOf('behave')).toHaveLength(2);
      expect((await fleet.reader.list({ family: flow, limit: 9 })).tasks).toHaveLength(3);
    }, PATIENCE);
    return { flow, members: fleet.runs.map(({ id }) => id) };
  }

  async function statesOf(family: TaskId): Promise<string[]> {
    const { tasks } = await fleet.reader.list({ family, limit: 9 });
    return tasks.map(({ state }) => state);
  }

  const sums = group([3, 1, 2].map((a) => signature(add, { a, b: 0 })));

  describe('taskfleet status of a flow', () => {
    it('shows its tasks by their place', async () => {
      const { id } = await fleet.scheduler.start(chord(sums, total));
      const { exitCode, stdout } = await vi.waitFor(async () => {
        const shown = await run('status', id);
        expect(shown.stdout).toMatch(/^r\.e1 +tally\.total +succeeded /m);
        expect(shown.stdout).toContain(`id       ${id}\nstate    succeeded\n`);
        return shown;
      }, PATIENCE);
      expect(exitCode).toBe(0);
      const rows = stdout.slice(stdout.indexOf('NODE')).trim().split('\n');
      expect(rows.map((row) => row.trim().split(/ +/).slice(0, 3))).toEqual([
        ['NODE', 'TASK', 'STATE'],
        ['r.s0.m0', 'arith.add', 'succeeded'],
        ['r.s0.m1', 'arith.add', 'succeeded'],
        ['r.s0.m2', 'arith.add', 'succeeded'],
        ['r.e1', 'tally.total', 'succeeded'],
      ]);
    });
  });

  describe('taskfleet result of a group', () => {
    it('has the results of its members, in their order', async () => {
      const handle = await fleet.scheduler.start(sums);
      expect(await handle.result({ timeout: '20s' })).toEqual([3, 1, 2]);
      const { exitCode, stdout } = await run('result', handle.id, '--json');
      expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '[3,1,2]\n' });
    });
  });

  describe('taskfleet cancel', () => {
    it('of a flow ends it with all that it led to', async () => {
      const { flow, members } = await waitingFlow();
      const { exitCode, stdout } = await run('cancel', flow, '--by', 'alice', '--json');
      expect(exitCode).toBe(0);
      const told = JSON.parse(stdout);
      expect(told).toEqual({ id: flow, cancelled: expect.any(Array) });
      expect(told.cancelled.toSorted()).toEqual([flow, ...members].toSorted());
      await vi.waitFor(
        async () => expect(await statesOf(flow)).toEqual(Array(3).fill('cancelled')),
        PATIENCE,
      );
      const status = await run('status', flow);
      expect(status.stdout).toContain('cancelled');
      expect(status.exitCode).toBe(1);
    });

    it('--family ends whatever has the same root, given any of it', async () => {
      const [other, { flow, members }] = [await waitingFlow(), await waitingFlow()];
      const member = members.find((id) => !other.members.includes(id)) ?? flow;
      const stdout = `${member}: 3 cancelled or asked to stop\n`;
      expect(await run('cancel', member, '--family')).toEqual({ exitCode: 0, stdout, stderr: '' });
      await vi.waitFor(
        async () => expect(await statesOf(flow)).toEqual(Array(3).fill('cancelled')),
        PATIENCE,
      );
      expect((await statesOf(other.flow)).toSorted()).toEqual(['running', 'running', 'running']);
      await run('cancel', other.flow);
    });
  });
});
