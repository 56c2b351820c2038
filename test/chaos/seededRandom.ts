import { createHash } from 'node:crypto';

/** Numbers that look random and are the same in every run with the same seed. */
export interface SeededRandom {
  /** From 0 up to 1. */
  readonly next: () => number;
  readonly chance: (probability: number) => boolean;
  readonly between: (least: number, most: number) => number;
  /** Whole, both ends included. */
  readonly whole: (least: number, most: number) => number;
  readonly pick: <T>(from: readonly T[]) => T;
}

/** Parts that draw from one seed under names of their own do not disturb one another. */
export function seededRandom(...seed: readonly (string | number)[]): SeededRandom {
  let drawn = 0;
  const next = () => fraction(...seed, (drawn += 1));
  const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    chance: (probability) => next() < probability,
    between: (least, most) => least + next() * (most - least),
    pick: (from) => {
      const picked = from[whole(0, from.length - 1)];
      if (picked === undefined) throw new RangeError('expected something to pick from');
      return picked;
    },
  };
}

/** A number from 0 up to 1 that depends on the parts only. */
export function fraction(...parts: readonly (string | number)[]): number {
  return createHash('sha256').update(parts.join('/')).digest().readUInt32BE(0) / 2 ** 32;
}
