import type { Handler } from '@taskfleet/toolbox/contract';
import type * as contract from '../contract.ts';

/** What it returns is the task's output. An error means another attempt, as the contract's `retry` says. */
export const exportProject: Handler<typeof contract.exportProject> = ({ name }, context) => {
  context.log.info('greeting', { name });
  context.progress(1, 'greeted');
  return { greeting: `Hello, ${name}!` };
};
