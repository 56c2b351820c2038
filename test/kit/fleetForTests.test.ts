import {
  defineTask,
  defineWorker,
  implement,
  type TaskContext,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { connectFleet } from '@taskfleet/toolbox/schedule';
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { add, delegate, relayImplementation, sumImplementation } from '../fixtures/sumFleet.ts';
import { fleetForTests, type TestFleet } from './index.ts';

const task = { input: z.object({}), output: z.string() };
const hang = defineTask('odd.hang', { ...task, retry: { maxAttempts: 1 } });
const fail = defineTask('odd.fail', { ...task, retry: { maxAttempts: 1 } });
const stray = defineTask('odd.stray', task);
const odd = defineWorker('odd', { tasks: [hang, fail, stray] });
const parcel = defineTask('mail.parcel', task);
const letter = defineTask('fax.letter', task);
const mail = defineWorker('mail', { tasks: [parcel] });

const oddImplementation: WorkerImplementation = implement(odd, {
  'odd.hang': async (_input, { signal }: TaskContext) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    }),
  'odd.fail': () => {
    throw new Error('as it has to');
  },
  'odd.stray': async (_input, ctx) => (await ctx.schedule(letter, {})).id,
});

describe('a fleet for tests', () => {
  let fleet: TestFleet;
  beforeAll(async () => {
    const workers = [sumImplementation, relayImplementation, oddImplementation];
    fleet = await fleetForTests({ workers, declared: [mail] });
  });
  afterAll(async () => fleet.stop());

  it('runs what is scheduled, and gives the result', async () => {
    const handle = await fleet.schedule(add, { a: 1, b: 2 });
    const sum = await handle.result();
    expectTypeOf(sum).toEqualTypeOf<number>();
    expect(sum).toBe(3);
  });

  it('sees what happens, and what has happened', async () => {
    const { id } = await fleet.schedule(delegate, { a: 40 });
    const relayed = await fleet.spy.succeeded(delegate, (seen) => seen.id === id);
    expectTypeOf(relayed.output).toEqualTypeOf<{ child: string } | undefined>();
    const child = await fleet.spy.succeeded('sum.add', ({ parent }) => parent === id);
    expect(relayed.output).toEqual({ child: child.id });
    expect(await fleet.spy.succeeded(child)).toEqual(child);
  });

  it('sees each bad end', async () => {
    const failing = await fleet.schedule(fail, {});
    expect(await fleet.spy.failed(failing)).toMatchObject({ error: { message: 'as it has to' } });
    const cancelled = await fleet.schedule(hang, {});
    await fleet.spy.running(cancelled);
    await fleet.cancel(cancelled.id, 'u7');
    expect(await fleet.spy.cancelled(cancelled)).toMatchObject({ task: 'odd.hang' });
    const killed = await fleet.schedule(hang, {});
    await fleet.spy.running(killed);
    const undo = await fleet.faults.workerKilled('odd');
    await undo();
    expect(await fleet.spy.dead(killed)).toMatchObject({ attempt: 1 });
  });

  it('says what it has seen instead', async () => {
    const { id } = await fleet.schedule(fail, {});
    const waiting = fleet.spy.succeeded({ id }, () => true, { timeout: '1s' });
    await expect(waiting).rejects.toThrow(`expected ${id} to be succeeded within 1s; saw`);
    await expect(waiting).rejects.toThrow(`odd.fail ${id} failed, attempt 1: Error: as it has to`);
    await expect(fleet.spy.failed('odd.fial')).rejects.toThrow('did you mean "odd.fail"?');
  });

  it('keeps what is for a worker without handlers', async () => {
    const { id } = await fleet.schedule(parcel, {});
    await fleet.travel('1m');
    expect(await fleet.get(id)).toMatchObject({ state: 'queued', task: 'mail.parcel' });
  });

  it('refuses what nobody would ever run', async () => {
    await expect(fleet.schedule(letter, {})).rejects.toThrow('got "fax.letter"');
    const handle = await fleet.schedule(stray, {});
    expect(await fleet.spy.retrying(handle)).toMatchObject({
      error: { message: expect.stringContaining('got "fax.letter"') },
    });
  });

  it('is reached by a program with its environment', async () => {
    const program = connectFleet({ ...fleet.environment, ...CREDENTIALS });
    const handle = await program.schedule(add, { a: 20, b: 3 });
    expect(await fleet.spy.succeeded(handle)).toMatchObject({ output: 23 });
    program.close();
  });
});

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

describe('a fleet that has ended', () => {
  it('says so to whoever has forgotten to wait', async () => {
    const fleet = await fleetForTests({ workers: [oddImplementation] });
    const handle = await fleet.schedule(hang, {});
    const ends = [handle.result(), fleet.spy.succeeded(hang)].map(async (end) =>
      end.catch((error: unknown) => error),
    );
    await fleet.stop();
    const late = [fleet.schedule(hang, {}), fleet.travel('1s'), fleet.get(handle.id)];
    const refusals = late.map(async (end) => end.catch((error: unknown) => error));
    for (const error of await Promise.all([...ends, ...refusals])) {
      expect(error).toMatchObject({ code: 'fleet_stopped' });
    }
    await fleet.stop();
  });

  it('has not waited for a handler that goes on', async () => {
    const deaf = defineTask('deaf.hang', task);
    const worker = defineWorker('deaf', { tasks: [deaf] });
    const handlers = { 'deaf.hang': async () => new Promise<string>(() => undefined) };
    const fleet = await fleetForTests({ workers: [implement(worker, handlers)] });
    await fleet.schedule(deaf, {});
    await fleet.spy.running(deaf);
    await fleet.stop();
    expect(fleet.log.of('handler.unresponsive')).toHaveLength(1);
  });
});
