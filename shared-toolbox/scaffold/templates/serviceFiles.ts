import type { TaskNames, WorkerNames } from '../names.ts';

/** The worker and its handlers. */
export function implementationFile(worker: WorkerNames, task: TaskNames): string {
  return `import { implement } from '@taskfleet/toolbox/contract';
import { ${worker.constant} } from './contract.ts';
import { ${task.constant} } from './${task.handlerFile}';

/** The worker and its handlers; importing it starts nothing. */
export const implementation = implement(${worker.constant}, { '${task.name}': ${task.constant} });
`;
}

/** What a container and \`npm start\` run. */
export function mainFile(): string {
  return `import { runWorker } from '@taskfleet/toolbox/runtime';
import { implementation } from './implementation.ts';

await runWorker(implementation);
`;
}

/** What a function on Lambda runs. */
export function lambdaFile(): string {
  return `import { lambdaHandler } from '@taskfleet/toolbox/lambda';
import { implementation } from './implementation.ts';

export const handler = lambdaHandler(implementation);
`;
}
