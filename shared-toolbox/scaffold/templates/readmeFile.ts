import type { TaskNames, WorkerNames } from '../names.ts';

export function readmeFile(worker: WorkerNames, task: TaskNames): string {
  return `# ${worker.name}

What it does, for whom, and what it refuses.

\`\`\`sh
npx taskfleet schedule ${task.name} '{"name":"Ada"}' --wait
\`\`\`

\`\`\`ts
import { connectFleet } from '@taskfleet/toolbox/schedule';
import { ${task.constant} } from '${worker.packageName}/contract';

const fleet = connectFleet(process.env);
const handle = await fleet.schedule(${task.constant}, { name: 'Ada' });
const { greeting } = await handle.result({ timeout: '1m' });
\`\`\`

| file                  | what                                                                         |
| --------------------- | ---------------------------------------------------------------------------- |
| \`contract.ts\`         | names, schemas, retries and limits: all that a scheduler loads               |
| \`handlers/\`           | a function for each task                                                     |
| \`implementation.ts\`   | the contract and its handlers, joined                                        |
| \`main.ts\`             | starts the service                                                           |
| \`conformance.test.ts\` | that it is what the fleet expects, with an input for each task to try it with |
`;
}
