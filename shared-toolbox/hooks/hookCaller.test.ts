import { describe, expect, it } from 'vitest';
import { manualClock } from '../testing/manualClock.ts';
import { memoryLog } from '../testing/memoryLog.ts';
import { errorReporter, HookCaller, type Hooks, VetoError } from './index.ts';

const facts = {
  id: 'notes_00000000000000000000000000000001',
  root: 'notes_00000000000000000000000000000001',
  task: 'notes.add',
  worker: 'notes',
  createdAt: 1,
  attempt: 1,
  durationMs: 5,
} as const;

function caller(...hooks: Hooks[]) {
  const memory = memoryLog();
  return { memory, caller: new HookCaller({ hooks, clock: manualClock(), log: memory.log }) };
}

const fail = () => {
  throw new Error('broken');
};

describe('hooks', () => {
  it('are called in the order given, and their end is waited for', async () => {
    const seen: string[] = [];
    const { caller: hooks } = caller(
      {
        onSuccess: async () => {
          seen.push('first begins');
          await Promise.resolve();
          seen.push('first ends');
        },
      },
      { onSuccess: () => seen.push('second') },
    );
    await hooks.call('onSuccess', () => facts);
    expect(seen).toEqual(['first begins', 'second', 'first ends']);
  });

  it.each([
    ['throws', fail],
    ['rejects', async () => fail()],
  ])('harm nobody when one %s: the log has it, and others are called', async (_how, onSuccess) => {
    const seen: string[] = [];
    const { caller: hooks, memory } = caller(
      { onSuccess },
      { onSuccess: ({ id }) => seen.push(id) },
    );
    await hooks.call('onSuccess', () => facts);
    expect(seen).toEqual([facts.id]);
    expect(memory.of('hook.failed')).toMatchObject([{ hook: 'onSuccess', error: 'Error: broken' }]);
  });

  it('are not waited for when one takes more than its time', async () => {
    const { caller: hooks, memory } = caller({
      beforeRun: async () => new Promise(() => undefined),
    });
    await hooks.call('beforeRun', () => facts);
    expect(memory.of('hook.failed')).toMatchObject([
      { hook: 'beforeRun', error: expect.stringContaining('2000 ms') },
    ]);
  });

  it('make no facts for nobody', async () => {
    const { caller: hooks } = caller({ onSuccess: () => undefined });
    await expect(hooks.call('onFailure', fail)).resolves.toBeUndefined();
    expect(() => hooks.beforeSchedule(fail)).not.toThrow();
  });
});

describe('a veto', () => {
  it('is heard when it is thrown at once; any other error is only told', () => {
    const { caller: hooks, memory } = caller(
      { beforeSchedule: fail },
      {
        beforeSchedule: () => {
          throw new VetoError('not on Sundays');
        },
      },
    );
    expect(() => hooks.beforeSchedule(() => facts)).toThrow(VetoError);
    expect(memory.of('hook.failed')).toMatchObject([{ hook: 'beforeSchedule' }]);
  });

  it('comes too late after an await, and is told', async () => {
    const late = Promise.reject(new VetoError('too late'));
    const { caller: hooks, memory } = caller({ beforeSchedule: () => late as never });
    hooks.beforeSchedule(() => facts);
    await late.catch(() => undefined);
    await expect.poll(() => memory.of('hook.failed')).toMatchObject([{ hook: 'beforeSchedule' }]);
  });
});

it('an error reporter is given every error, and whether it is the last', async () => {
  const captured: unknown[] = [];
  const reporter = {
    capture: (error: Error, { isFinal }: object & { isFinal: boolean }) =>
      captured.push([error.message, isFinal]),
  };
  const { caller: hooks } = caller(errorReporter(reporter));
  const error = new Error('no luck');
  await hooks.call('onRetry', () => ({ ...facts, error, delayMs: 1 }));
  await hooks.call('onFailure', () => ({ ...facts, error }));
  expect(captured).toEqual([
    ['no luck', false],
    ['no luck', true],
  ]);
});
