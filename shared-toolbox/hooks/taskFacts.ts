import type { TaskDefinitionRecord } from '../contract/index.ts';
import type { TaskFacts } from './hooks.ts';

/** What hooks are told of a task: a copy, so that none of them changes what is kept. */
export function taskFacts(definition: TaskDefinitionRecord): TaskFacts {
  const { id, task, worker, group, creator, subject, parent, root, createdAt, dueAt } = definition;
  const input = structuredClone(definition.input);
  return { id, task, worker, input, group, creator, subject, parent, root, createdAt, dueAt };
}
