import { z } from 'zod';
import type { JsonSchema } from '../inputSchema.ts';

/** What the values of an option may be: plain data, and for a function the digest of its text. */
const options = z.record(z.string(), z.json());

const taskDescription = z.object({
  name: z.string(),
  /** What a message carries, before defaults and transforms. */
  input: z.custom<JsonSchema>(isObject),
  /** What a record carries. */
  output: z.custom<JsonSchema>(isObject),
  options,
});

const workerDescription = z.object({
  name: z.string(),
  options,
  tasks: z.array(taskDescription),
});

/** The contracts of a fleet as plain data: what two versions of it are compared by. */
export const fleetDescription = z.object({ workers: z.array(workerDescription) });

export type Options = Readonly<z.output<typeof options>>;
export type TaskDescription = Readonly<z.output<typeof taskDescription>>;
export type WorkerDescription = Readonly<z.output<typeof workerDescription>>;
export type FleetDescription = Readonly<z.output<typeof fleetDescription>>;

/**
 * Keyword for what JSON Schema cannot say of a value: a list of digests, one for each refinement, transform and the like. Equal digests
 * are taken for equal rules.
 */
export const OPAQUE = 'x-opaque';

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}
