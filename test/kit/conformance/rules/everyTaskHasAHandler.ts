import type { Rule } from '../rule.ts';

/** What nobody handles is a dead letter. */
export const everyTaskHasAHandler: Rule = {
  name: 'every task has a handler',
  check: async ({ implementation: { worker, handlers } }) => {
    const names: readonly string[] = [...worker.tasks, worker.ping].map(({ name }) => name);
    return [
      ...names
        .filter((name) => !handlers.has(name))
        .map((name) => `expected a handler of ${name}, got none; join the worker with implement()`),
      ...[...handlers.keys()]
        .filter((name) => !names.includes(name))
        .map(
          (name) =>
            `expected handlers of ${names.join(', ')} only, got one of ${name}; declare the task, or remove its handler`,
        ),
    ];
  },
};
