import type { AnyTask } from './task.ts';

/** How urgent a task is among those of its worker, the most urgent first. */
export const PRIORITIES = ['high', 'normal', 'low'] as const;

/** `'high'`, `'normal'` or `'low'`. */
export type Priority = (typeof PRIORITIES)[number];

/** How many of ten tasks that begin are of each priority, while tasks of all three wait. */
export const PRIORITY_WEIGHTS = { high: 6, normal: 3, low: 1 } as const satisfies Record<
  Priority,
  number
>;

export function isPriority(value: unknown): value is Priority {
  return PRIORITIES.some((priority) => priority === value);
}

/** What is wrong with the priority of a task's contract. */
export function priorityProblems({
  priority,
  group,
  concurrency,
}: Pick<AnyTask, 'priority' | 'group' | 'concurrency'>): string[] {
  if (priority === undefined) return [];
  const problems: string[] = [];
  if (!isPriority(priority)) {
    problems.push(`priority: expected ${PRIORITIES.join(', ')}, got "${String(priority)}"`);
  }
  if (group) {
    problems.push('priority: expected none beside group, whose order does not hold across queues');
  }
  if (concurrency) {
    problems.push(
      'priority: expected none beside concurrency, whose limit does not hold across queues',
    );
  }
  return problems;
}

/** What is wrong with the priority of a call: no queue would take what the contract does not know of. */
export function callPriorityProblems(
  { name, priority: declared }: Pick<AnyTask, 'name' | 'priority'>,
  { priority, group }: { readonly priority?: Priority; readonly group?: string },
): string[] {
  if (priority !== undefined && !isPriority(priority)) {
    return [`priority: expected ${PRIORITIES.join(', ')}, got "${String(priority)}"`];
  }
  if (declared === undefined) {
    if (priority === undefined || priority === 'normal') return [];
    return [
      `priority: expected none but normal, because the contract of "${name}" declares no priority, got "${priority}"`,
    ];
  }
  if (group === undefined) return [];
  return [
    'group: expected none for a task with a priority, because its order does not hold across queues',
  ];
}
