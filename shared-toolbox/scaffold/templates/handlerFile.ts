import type { TaskNames } from '../names.ts';

/** The handler of a task as `taskDeclaration` declares it. */
export function handlerFile({ constant }: TaskNames): string {
  return `import type { Handler } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';

/** What it returns is the task's output. An error means another attempt, as the contract's \`retry\` says. */
export const ${constant}: Handler<typeof contract.${constant}> = ({ name }, context) => {
  context.log.info('greeting', { name });
  context.progress(1, 'greeted');
  return { greeting: \`Hello, \${name}!\` };
};
`;
}

/** An input that a task as \`taskDeclaration\` declares it takes. */
export const SAMPLE_INPUT = `{ name: 'Ada' }`;
