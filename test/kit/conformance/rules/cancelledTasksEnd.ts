import { isTerminal } from '@taskfleet/toolbox/contract';
import { describeEnd } from '../rehearsal/describeEnd.ts';
import { endingHandler } from '../rehearsal/endingHandler.ts';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Trial } from '../rehearsal/samples.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';

/** A handler that hears nothing goes on after its lease, beside whoever has taken its task over, and its process is waited for. */
export const cancelledTasksEnd: Rule = {
  name: 'a cancelled task ends',
  check: async (subject) => {
    const rehearsal = await subject.rehearsal();
    const problems = rehearsal.trials.map(async (trial) => cancel(subject, rehearsal, trial));
    return (await Promise.all(problems)).flat();
  },
};

async function cancel(subject: Subject, rehearsal: Rehearsal, trial: Trial): Promise<string[]> {
  const { name } = trial.task;
  const { handler, ending } = endingHandler(rehearsal.handlerOf(trial), subject.graceMs);
  const id = await rehearsal.perform(trial, handler);
  const begun = await rehearsal.recordOf(id, ({ state }) => state === 'running');
  if (begun?.state !== 'running') return [`expected ${name} to begin, got ${describeEnd(begun)}`];
  await rehearsal.fleet.cancel(id);
  if ((await ending) === 'goes on') {
    return [
      `expected ${name} to end within ${subject.graceMs / 1_000} seconds after its signal has aborted, got a handler that goes on; ` +
        'give ctx.signal to what it waits for, and call ctx.signal.throwIfAborted() between its steps',
    ];
  }
  const ended = await rehearsal.recordOf(id, ({ state }) => isTerminal(state));
  // What was done in time is done.
  if (ended?.state === 'cancelled' || ended?.state === 'succeeded') return [];
  return [
    `expected ${name} to be cancelled, got ${describeEnd(ended)}; have its handler throw what aborted its signal`,
  ];
}
