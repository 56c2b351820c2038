import type { Facts, Life, Violation } from './facts.ts';

/**
 * A process that gets a SIGTERM ends within its grace, with exit code 0. One that had not said yet that it was up may die of
 * the signal; one that gets a second signal may end at once, with 1.
 */
export function stopsInOrder({ lives }: Facts): Violation[] {
  return lives.flatMap((life) => {
    const { name, pid, stop, endedBy = 'nothing' } = life;
    if (!stop) return [];
    const who = `${name} (process ${pid})`;
    if (stop.isOverdue) {
      const what = `${who} had to be killed: SIGTERM did not end it in time`;
      return [{ promise: 'a stop is bounded by its grace', what }];
    }
    if (permittedEnds(life).includes(endedBy)) return [];
    const what = `${who} ended by ${endedBy}, after ${stop.signals} SIGTERM`;
    return [{ promise: 'a stop in order ends with exit code 0', what }];
  });
}

function permittedEnds({ stop, upAt = Infinity }: Life): string[] {
  if (!stop) return [];
  return [
    'exit code 0',
    ...(stop.signals > 1 ? ['exit code 1'] : []),
    ...(stop.at <= upAt ? ['SIGTERM'] : []),
  ];
}
