import type { AnyTask } from '@taskfleet/toolbox/contract';
import { PROBES, takes } from '../probes.ts';
import type { Rule } from '../rule.ts';

/** A contract that takes everything promises nothing: mistakes of callers arrive in the handler. */
export const schemasRefuse: Rule = {
  name: 'schemas refuse what they do not mean',
  check: async ({ implementation: { worker } }) => worker.tasks.flatMap(problemsOf),
};

function problemsOf({ name, input, output }: AnyTask): string[] {
  return Object.entries({ input, output })
    .filter(([, schema]) => PROBES.every((probe) => takes(schema, probe)))
    .map(
      ([side]) =>
        `expected the ${side} of ${name} to refuse something, got a schema that takes even null and text; say what it has, ` +
        'or z.void() for no output',
    );
}
