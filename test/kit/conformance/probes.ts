import type { AnyTask } from '@taskfleet/toolbox/contract';

/** One JSON value of each kind: no schema that says something takes them all. */
export const PROBES = [
  null,
  'conformance',
  4.2,
  true,
  ['conformance'],
  { conformance: 1 },
] as const;

/** Whether a value fits. A schema that throws refuses it, in its way. */
export function takes(schema: AnyTask['input'], value: unknown): boolean {
  try {
    return schema.safeParse(value).success;
  } catch {
    return false;
  }
}
