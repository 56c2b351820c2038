import type { AnyTask, TaskRecord } from '@taskfleet/toolbox/contract';
import type { Rule } from '../rule.ts';

/** Whoever waits for the result is promised what the schema says; without it the task fails, with its work done. */
export const outputsFit: Rule = {
  name: 'outputs fit their schemas',
  check: async (subject) => {
    const runs = await (await subject.rehearsal()).runs();
    return runs
      .filter(({ task, record }) => isMisfit(task, record))
      .map(
        ({ record }) =>
          `${record?.error?.message}; have the handler return what the schema says, after a trip through JSON`,
      );
  },
};

/** Whether the task failed by what its handler returned. */
export function isMisfit({ name }: AnyTask, record: TaskRecord | undefined): boolean {
  return record?.error?.message.startsWith(`output of ${name}`) ?? false;
}
