import type { TaskNames, WorkerNames } from '../names.ts';

/** What differs from a worker as most are. */
export interface Traits {
  readonly compute: 'fargate' | 'lambda';
  readonly pool: 'inline' | 'threads';
}

/** The contract of a worker with one task. */
export function contractFile(worker: WorkerNames, task: TaskNames, traits: Traits): string {
  const { imports, options } = traitsOf(traits);
  return `import { ${['defineTask', 'defineWorker', ...imports].join(', ')} } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

${taskDeclaration(task)}
/** What its tasks have in common, and why they are one worker. */
export const ${worker.constant} = defineWorker('${worker.name}', {
  tasks: [${task.constant}],
${options.map((option) => `  ${option},\n`).join('')}});
`;
}

/** One task: the least that shows where things go. */
export function taskDeclaration({ name, constant }: TaskNames): string {
  return `/** What the task does, for whoever schedules it. */
export const ${constant} = defineTask('${name}', {
  input: z.strictObject({
    /** Who is greeted. */
    name: z.string().min(1).max(200),
  }),
  output: z.object({ greeting: z.string() }),
  retry: { maxAttempts: 3 },
  timeLimit: '1m',
});
`;
}

function traitsOf({ compute, pool }: Traits) {
  return {
    imports: [
      ...(compute === 'lambda' ? ['lambda'] : []),
      ...(pool === 'threads' ? ['threads'] : []),
    ],
    options: [
      // With threads it is one for each vCPU; a function has batches of ten at most.
      ...(compute === 'fargate' && pool === 'inline' ? ['concurrency: 10'] : []),
      ...(compute === 'lambda' ? ['compute: lambda()'] : []),
      ...(pool === 'threads' ? ['pool: threads()'] : []),
    ],
  };
}
