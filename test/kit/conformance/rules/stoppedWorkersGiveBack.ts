import { isTerminal } from '@taskfleet/toolbox/contract';
import { describeEnd } from '../rehearsal/describeEnd.ts';
import { endingHandler } from '../rehearsal/endingHandler.ts';
import type { Rehearsal } from '../rehearsal/rehearsal.ts';
import type { Trial } from '../rehearsal/samples.ts';
import type { Rule } from '../rule.ts';
import type { Subject } from '../subject.ts';

/** Every deployment stops every worker: what they run is to be done by the next, as if nothing had been. */
export const stoppedWorkersGiveBack: Rule = {
  name: 'a stopped worker gives its tasks back',
  check: async (subject) => {
    const rehearsal = await subject.rehearsal();
    const problems: string[] = [];
    for (const { record, ...trial } of await rehearsal.runs()) {
      // Of what never works it would say so again.
      if (record?.state === 'succeeded') problems.push(...(await stop(subject, rehearsal, trial)));
    }
    return problems;
  },
};

async function stop(subject: Subject, rehearsal: Rehearsal, trial: Trial): Promise<string[]> {
  const { name } = trial.task;
  const own = rehearsal.handlerOf(trial);
  const first = endingHandler(own, subject.graceMs);
  let begun = 0;
  const id = await rehearsal.perform(trial, async (input, context) => {
    begun += 1;
    return begun === 1 ? first.handler(input, context) : own(input, context);
  });
  const running = await rehearsal.recordOf(id, ({ state }) => state === 'running');
  if (begun === 0) return [`expected ${name} to begin, got ${describeEnd(running)}`];
  await rehearsal.processes.replace(rehearsal.worker.name);
  // That it goes on is what the rule of cancelled tasks says.
  if ((await first.ending) === 'goes on') return [];
  const record = await rehearsal.recordOf(id, ({ state }) => isTerminal(state));
  if (record?.state === 'succeeded' && record.attempt === 1) return [];
  return [
    `expected another process to do ${name} after the first was stopped, got ${describeEnd(record)}; have its handler take back or ` +
      'do again what an attempt has begun that was aborted',
  ];
}
