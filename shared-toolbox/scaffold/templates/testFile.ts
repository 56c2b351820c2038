import type { TaskNames } from '../names.ts';
import { SAMPLE_INPUT } from './handlerFile.ts';

/** The suite that every worker passes. */
export function testFile(task: TaskNames): string {
  return `import { testConformance } from '@taskfleet/testing/conformance';
import { implementation } from './implementation.ts';

testConformance(implementation, { samples: { '${task.name}': ${SAMPLE_INPUT} } });
`;
}
