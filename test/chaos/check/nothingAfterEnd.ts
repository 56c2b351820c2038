import type { Facts, Violation } from './facts.ts';
import { firstEnds } from './firstEnds.ts';

/** No handler begins once its task has ended. */
export function nothingAfterEnd(facts: Facts): Violation[] {
  const ends = firstEnds(facts);
  return facts.sideLog
    .filter(({ kind }) => kind === 'begin')
    .flatMap(({ id, at, attempt, pid }) => {
      const { finishedAt = Infinity, state = '' } = ends.get(id) ?? {};
      if (at <= finishedAt) return [];
      const what = `${id}: attempt ${attempt} began in process ${pid}, ${at - finishedAt} ms after it had ${state}`;
      return [{ promise: 'never again after the terminal state', what }];
    });
}
