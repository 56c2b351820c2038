import { isTerminal, TASK_STATES } from '@taskfleet/toolbox/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILY_PRECEDENCE, familyState } from './familyState.ts';

const states = fc.array(fc.constantFrom(...TASK_STATES), { minLength: 1 });

describe('familyState', () => {
  it('knows every state', () => {
    expect(FAMILY_PRECEDENCE.toSorted()).toEqual(TASK_STATES.toSorted());
  });

  it('has ended exactly when all tasks have', () => {
    fc.assert(
      fc.property(states, (family) => {
        expect(isTerminal(familyState(family) ?? 'queued')).toBe(family.every(isTerminal));
      }),
    );
  });

  it('has succeeded exactly when all tasks have', () => {
    fc.assert(
      fc.property(states, (family) => {
        const allSucceeded = family.every((state) => state === 'succeeded');
        expect(familyState(family) === 'succeeded').toBe(allSucceeded);
      }),
    );
  });

  it('does not depend on the order of the tasks', () => {
    fc.assert(
      fc.property(states, (family) => {
        expect(familyState(family.toReversed())).toBe(familyState(family));
      }),
    );
  });

  it('puts what needs somebody before what needs nobody', () => {
    expect(familyState(['succeeded', 'cancelled', 'failed', 'dead'])).toBe('dead');
    expect(familyState(['succeeded', 'cancelled', 'failed'])).toBe('failed');
    expect(familyState([])).toBeUndefined();
  });
});
