import type { JsonSchema } from '../inputSchema.ts';
import type { Refusal } from './refusal.ts';
import type { Part } from './shape.ts';

/** A writer and a reader of the same value. */
export interface Pair {
  readonly path: string;
  readonly writer: Part;
  readonly reader: Part;
  /** Pairs that are being compared already: a recursive schema comes back to itself. */
  readonly under: readonly (readonly [JsonSchema, JsonSchema])[];
  /** Compares a part of it. */
  readonly compare: (pair: Pair) => Refusal[];
}
