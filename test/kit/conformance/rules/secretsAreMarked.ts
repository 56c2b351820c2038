import { inputSchema, type JsonSchema, outputSchema } from '@taskfleet/platform/contracts';
import type { AnyTask } from '@taskfleet/toolbox/contract';
import { openFields } from '../openFields.ts';
import type { Rule } from '../rule.ts';
import { soundsSecret } from '../secretName.ts';

/** What is not marked stands in the record, on pages and in logs, for as long as the task is kept. */
export const secretsAreMarked: Rule = {
  name: 'fields that sound secret are secret',
  check: async ({ notSecret, implementation: { worker } }) => {
    const paths = new Map(worker.tasks.flatMap(fieldsOf));
    return [
      ...[...paths]
        .filter(([path, { name }]) => soundsSecret(name) && !notSecret.includes(path))
        .map(
          ([path, { mend }]) =>
            `expected ${path} to be secret, by its name; ${mend}, or name "${path}" in \`notSecret\``,
        ),
      ...notSecret
        .filter((path) => !paths.has(path))
        .map(
          (path) =>
            `expected open fields in \`notSecret\`, got ${path}, which is none; remove it from there`,
        ),
    ];
  },
};

interface Named {
  readonly name: string;
  /** What to do where it is a secret. */
  readonly mend: string;
}

function fieldsOf(task: AnyTask): (readonly [path: string, Named])[] {
  const { name } = task;
  return [
    ...named(inputSchema(task), `${name} input`, 'mark it with secret()'),
    ...named(outputSchema(task), `${name} output`, 'leave it out, as a record keeps outputs'),
  ];
}

function named(schema: JsonSchema, at: string, mend: string) {
  return (
    openFields(schema, at)
      // A boolean only says whether there is one.
      .filter(({ schema: { type } }) => type !== 'boolean')
      .map(({ path, name }) => [path, { name, mend }] as const)
  );
}
