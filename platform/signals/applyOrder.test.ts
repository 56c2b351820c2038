import type { Control } from '@taskfleet/toolbox/table';
import { describe, expect, it } from 'vitest';
import { applyOrder, type GivenOrder } from './applyOrder.ts';

const one = 'echo_00000000000a';
const other = 'echo_00000000000b';
const before = { by: 'bob', at: 1 } as const;
const now = { by: 'alice', at: 2 } as const;

const nothing: Control = { v: 1, revision: 4, cancels: [] };

function given(what: Partial<GivenOrder> & Pick<GivenOrder, 'order'>, control = nothing): Control {
  const full = { ...now, known: [one, other], ...what };
  return { ...control, ...applyOrder(control, 5, full), revision: 5 };
}

describe('an order to all', () => {
  it('is kept with who gave it and when', () => {
    expect(given({ order: { kind: 'pause' } }).wanted).toEqual({ paused: { value: true, ...now } });
    expect(given({ order: { kind: 'concurrency', concurrency: 3 } }).wanted).toEqual({
      concurrency: { value: 3, ...now },
    });
    expect(given({ order: { kind: 'shutdown' } }).wanted).toEqual({
      shutdown: { revision: 5, ...now },
    });
  });

  it('counts more than what single processes were told of the same before', () => {
    const processes = {
      [one]: { paused: { value: true, ...before }, concurrency: { value: 2, ...before } },
    };
    const after = given({ order: { kind: 'resume' } }, { ...nothing, processes });
    expect(after.processes).toEqual({ [one]: { concurrency: { value: 2, ...before } } });
    expect(after.wanted?.paused?.value).toBe(false);
  });

  it("takes a number back for the contract's, and leaves the rest alone", () => {
    const wanted = { paused: { value: true, ...before }, concurrency: { value: 3, ...before } };
    const after = given({ order: { kind: 'concurrency' } }, { ...nothing, wanted });
    expect(after.wanted).toEqual({ paused: wanted.paused });
  });
});

describe('an order to one process', () => {
  it('leaves the others as they are, and forgets those that have ended', () => {
    const processes = {
      [other]: { paused: { value: true, ...before } },
      echo_00000000000c: { paused: { value: true, ...before } },
    };
    const order = { kind: 'concurrency', concurrency: 1 } as const;
    const after = given({ order, process: one }, { ...nothing, processes });
    expect(after.processes).toEqual({
      [one]: { concurrency: { value: 1, ...now } },
      [other]: processes[other],
    });
    expect(after.wanted).toBeUndefined();
  });
});

describe('time limits', () => {
  const limits = { 'echo.say': { timeLimitMs: 5_000, ...before }, 'echo.ask': before };

  it('replace those of the same task', () => {
    const order = { kind: 'limits', task: 'echo.say', softTimeLimitMs: 900 } as const;
    expect(given({ order }, { ...nothing, limits }).limits).toEqual({
      'echo.say': { softTimeLimitMs: 900, ...now },
      'echo.ask': before,
    });
  });

  it("are taken back for the contract's", () => {
    const order = { kind: 'limits', task: 'echo.say' } as const;
    expect(given({ order }, { ...nothing, limits }).limits).toEqual({ 'echo.ask': before });
  });
});

describe('a rate limit', () => {
  const limits = { 'echo.say': { timeLimitMs: 5_000, ...before } };

  it('stands beside time limits, and goes without them', () => {
    const order = { kind: 'rate', task: 'echo.say', rateLimitMs: 6_000 } as const;
    const both = given({ order }, { ...nothing, limits });
    expect(both.limits).toEqual({
      'echo.say': { timeLimitMs: 5_000, rateLimitMs: 6_000, ...now },
    });
    const withoutTime = given({ order: { kind: 'limits', task: 'echo.say' } }, both);
    expect(withoutTime.limits).toEqual({ 'echo.say': { rateLimitMs: 6_000, ...now } });
    expect(given({ order: { kind: 'rate', task: 'echo.say' } }, both).limits).toEqual({
      'echo.say': { timeLimitMs: 5_000, ...now },
    });
  });
});

it('an order leaves cancels alone', () => {
  const cancels = [{ id: `echo_${'0a'.repeat(16)}` as const, ...before }];
  expect(given({ order: { kind: 'pause' } }, { ...nothing, cancels }).cancels).toEqual(cancels);
});
