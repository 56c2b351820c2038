import type { Control, Wanted } from '@taskfleet/toolbox/table';
import { age, span } from './age.ts';
import { plainText } from './plainText.ts';

/** What somebody wants of a worker, who and since when: a block of lines, or none. */
export function renderWanted(
  { wanted = {}, processes = {}, limits = {} }: Pick<Control, 'wanted' | 'processes' | 'limits'>,
  now: number,
): string[] {
  const lines = [
    ...linesOf('all', wanted, now),
    ...Object.entries(processes).flatMap(([id, single]) => linesOf(id, single, now)),
    ...Object.entries(limits).map(
      ([task, { timeLimitMs, softTimeLimitMs, rateLimitMs, ...who }]) => {
        const hard = timeLimitMs === undefined ? '' : ` time limit ${span(timeLimitMs)}`;
        const soft = softTimeLimitMs === undefined ? '' : ` soft limit ${span(softTimeLimitMs)}`;
        const rate = rateLimitMs === undefined ? '' : ` an attempt every ${span(rateLimitMs)}`;
        return `wanted   ${task}:${hard}${soft}${rate} ${said(who, now)}`;
      },
    ),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}

function linesOf(whom: string, { paused, concurrency, shutdown }: Wanted, now: number): string[] {
  return [
    ...(paused?.value ? [`wanted   ${whom}: paused ${said(paused, now)}`] : []),
    ...(concurrency
      ? [`wanted   ${whom}: concurrency ${concurrency.value} ${said(concurrency, now)}`]
      : []),
    ...(shutdown
      ? [`wanted   ${whom}: shutdown of those that ran then ${said(shutdown, now)}`]
      : []),
  ];
}

function said({ by, at }: { readonly by: string; readonly at: number }, now: number): string {
  return `(${plainText(by)}, ${age(at, now)})`;
}
