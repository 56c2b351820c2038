import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

describe('Slots', () => {
  it('never gives more than there are, in the order of asking, and serves everybody', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(3), { maxLength: 40 }),
        async (total, turns) => {
          const slots = new Slots(total);
          const begun: number[] = [];
          let running = 0;
          const work = async (length: number, n: number) => {
            const free = await slots.take();
            begun.push(n);
            running += 1;
            expect(running).toBeLessThanOrEqual(total);
            for (let i = 0; i < length; i += 1) await turn();
            running -= 1;
            free();
          };
          await Promise.all(turns.map(work));
          expect(begun).toEqual(turns.map((_, n) => n));
          expect(slots.taken).toBe(0);
        },
      ),
    );
  });

  it('tells how many are free', async () => {
    const slots = new Slots(3);
    expect(await slots.whenFree()).toBe(3);
    await slots.take();
    expect(await slots.whenFree()).toBe(2);
  });

  it('takes more as soon as it is larger, fewer as they are given back', async () => {
    const slots = new Slots(1);
    const first = await slots.take();
    const second = slots.take();
    slots.resize(2);
    const freeSecond = await second;
    slots.resize(1);
    const third = slots.take();
    let begun = false;
    void third.then(() => {
      begun = true;
    });
    first();
    await turn();
    expect({ begun, taken: slots.taken }).toEqual({ begun: false, taken: 1 });
    freeSecond();
    (await third)();
    expect([slots.mostTaken(), slots.mostTaken()]).toEqual([2, 0]);
  });

  it('wakes who waits for a free one when it becomes larger', async () => {
    const slots = new Slots(1);
    await slots.take();
    const waiting = slots.whenFree();
    slots.resize(3);
    expect(await waiting).toBe(2);
  });

  it('wakes whoever waits for a free one, as soon as nobody else waits for it', async () => {
    const slots = new Slots(1);
    const free = await slots.take();
    const second = slots.take();
    let woken = false;
    const waiting = slots.whenFree().then((count) => {
      woken = true;
      return count;
    });
    free();
    const freeSecond = await second;
    await turn();
    expect(woken).toBe(false);
    freeSecond();
    expect(await waiting).toBe(1);
  });
});
