import type { Timing } from '@taskfleet/toolbox/contract';
import type { PeriodicView } from '../../periodic/index.ts';
import type { Output } from '../deps.ts';
import { instant } from './age.ts';
import { paint, paintState } from './paint.ts';
import { plainText } from './plainText.ts';

type Row = readonly [label: string, text: string | undefined];

/** A periodic task for people: one line for each thing that is known, and for each of its next times. */
export function renderPeriodic(stream: Output, view: PeriodicView, now: number): string {
  const { name, rule, origin, paused, next, last, skipped, problem } = view;
  const rows: Row[] = [
    ['name', name],
    ['task', rule.task],
    ['input', plainText(JSON.stringify(rule.input))],
    ['when', timingText(rule.timing)],
    ['missed', rule.missed],
    ['expires', rule.expires],
    ['creator', rule.creator && plainText(rule.creator)],
    ['subject', rule.subject && plainText(rule.subject)],
    ['origin', origin === 'declared' ? 'declared in code' : 'added'],
    [
      'paused',
      paused && paint(stream, 'yellow', `by ${plainText(paused.by)}, ${instant(paused.at, now)}`),
    ],
    ...next.map((at, i): Row => [i === 0 ? 'next' : '', new Date(at).toISOString()]),
    ['last', last && `${instant(last.at, now)}, ${last.id}${stateText(stream, last)}`],
    ['skipped', skipped && `${instant(skipped.at, now)}, ${skipped.id} had not ended`],
    ['problem', problem && paint(stream, 'red', plainText(problem))],
  ];
  return rows.flatMap(([label, text]) => (text ? `${label.padEnd(9)}${text}` : [])).join('\n');
}

function stateText(stream: Output, { state }: NonNullable<PeriodicView['last']>): string {
  return state ? `, ${paintState(stream, state)}` : '';
}

/** `0 3 * * * Europe/Berlin`, `every 5m`. */
export function timingText(timing: Timing): string {
  return 'every' in timing ? `every ${timing.every}` : `${timing.cron} ${timing.timeZone}`;
}
