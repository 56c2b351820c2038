import type { Facts, Violation } from './facts.ts';

/** No handler of a deferred task begins before the time that was asked for. */
export function notBeforeItsTime({ asked, sideLog }: Facts): Violation[] {
  const times = new Map(asked.map(({ id, notBefore = -Infinity }) => [id, notBefore]));
  return sideLog
    .filter(({ kind, id, at }) => kind === 'begin' && at < (times.get(id) ?? -Infinity))
    .map(({ id, at }) => ({
      promise: 'a deferred task never begins before its time',
      what: `${id} began ${(times.get(id) ?? 0) - at} ms early`,
    }));
}
