import type { Rule } from '../rule.ts';

/** What no sample fits is never tried: most other rules would say nothing of the task. */
export const everyTaskHasASample: Rule = {
  name: 'every task has a sample that fits',
  check: async (subject) => {
    const { unfit } = await subject.rehearsal();
    return unfit.map(({ problem }) => problem);
  },
};
