import type { TaskId, TaskRecord } from '@taskfleet/toolbox/contract';
import type { Child } from '../rehearsal/cast.ts';
import { isOver, type Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Trial } from '../rehearsal/samples.ts';
import type { Rule } from '../rule.ts';

/** A child that is another's, or nobody's, is missing where people look for what became of a task: its family. */
export const childrenAreTracked: Rule = {
  name: 'scheduled children are tracked',
  check: async (subject) => {
    const rehearsal = await subject.rehearsal();
    await rehearsal.runs();
    // A ping each, as of a handler that has no children itself.
    await Promise.all(rehearsal.trials.map(async (trial) => haveAChild(rehearsal, trial)));
    const problems = rehearsal.children.map(async (child) => problemOf(rehearsal, child));
    return (await Promise.all(problems)).flat();
  },
};

async function haveAChild(rehearsal: Rehearsal, trial: Trial): Promise<void> {
  const { ping } = rehearsal.worker;
  const id = await rehearsal.perform(trial, async (_input, context) => {
    await context.schedule(ping, {});
    return null;
  });
  await rehearsal.recordOf(id, isOver);
}

async function problemOf(rehearsal: Rehearsal, given: Child): Promise<string[]> {
  const known = async (id: TaskId | undefined) =>
    id && rehearsal.recordOf(id, ({ task }) => task !== undefined);
  const { id, parent, caller } = given;
  const [child, family, by] = await Promise.all([id, parent, caller].map(known));
  const name = nameOf(child, id);
  if (caller !== parent) {
    return [
      `expected ${nameOf(by, 'nobody outside of an attempt')} to schedule ${name} as its own child, got a child of ` +
        `${nameOf(family, parent)}; call schedule() of the context that the attempt is given, before it ends, and keep no context`,
    ];
  }
  if (child && child.parent === parent && child.root === family?.root) return [];
  const got = child?.parent ? `one of a child of ${child.parent}` : 'none';
  return [
    `expected a record of ${name} as a child of ${nameOf(family, parent)}, got ${got}; schedule it with ctx.schedule()`,
  ];
}

function nameOf(record: TaskRecord | undefined, otherwise: string): string {
  return record?.task ?? otherwise;
}
