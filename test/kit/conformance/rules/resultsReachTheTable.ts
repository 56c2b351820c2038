import { describeEnd } from '../rehearsal/describeEnd.ts';
import { isOver, type Run } from '../rehearsal/rehearsal.ts';
import type { Rule } from '../rule.ts';
import { isMisfit } from './outputsFit.ts';

/** A task whose end nobody sees has, for whoever waits, never run. */
export const resultsReachTheTable: Rule = {
  name: 'results reach the table',
  check: async (subject) => {
    const seconds = subject.timeoutMs / 1_000;
    const runs = await (await subject.rehearsal()).runs();
    return runs.flatMap((run) => problemOf(run, seconds));
  },
};

function problemOf({ task, record, refused }: Run, seconds: number): string[] {
  const expected = `expected the sample of ${task.name} to succeed`;
  if (refused) {
    return [
      `${expected}, got it refused when it was scheduled: ${String(refused)}; mend the contract`,
    ];
  }
  if (record?.state === 'succeeded' || isMisfit(task, record)) return [];
  if (record && isOver(record)) {
    return [
      `${expected}, got ${describeEnd(record)}; mend the handler, or give a sample that it can do`,
    ];
  }
  return [
    `${expected} within ${seconds} seconds, got ${describeEnd(record)}; give a sample that takes less, or raise \`timeout\``,
  ];
}
