import type { PriceName } from './prices.ts';

/** So much of something that is billed, in a month. */
export interface Quantity {
  readonly price: PriceName;
  /** For people. */
  readonly what: string;
  readonly amount: number;
  /** `idle`: billed without a single task; `load`: what tasks add. */
  readonly part: 'idle' | 'load';
}

const BYTES_OF_A_GB = 1_000_000_000;

export function gigabytes(bytes: number): number {
  return bytes / BYTES_OF_A_GB;
}

export function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
