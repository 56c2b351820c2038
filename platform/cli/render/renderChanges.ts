import { type Change, VERDICTS, type Verdict } from '../../contracts/diff/index.ts';
import type { Output } from '../deps.ts';
import { paint } from './paint.ts';
import { plainText } from './plainText.ts';

const STYLES = {
  breaking: 'red',
  unjudged: 'yellow',
  careful: 'yellow',
  compatible: 'dim',
} as const satisfies Record<Verdict, Parameters<typeof paint>[1]>;

const WIDTH = Math.max(...VERDICTS.map(({ length }) => length));

/** A line for each change, under the task or worker that it is of, and how many there are of each kind. */
export function renderChanges(stream: Output, since: string, changes: readonly Change[]): string {
  if (changes.length === 0) return `no contract has changed since ${plainText(since)}`;
  const groups = [...Map.groupBy(changes, ({ subject }) => subject)].map(([subject, own]) =>
    [subject, ...own.map((change) => `  ${lineOf(stream, change)}`)].join('\n'),
  );
  const counts = VERDICTS.map(
    (verdict) => `${verdict}: ${changes.filter((change) => change.verdict === verdict).length}`,
  );
  return [...groups, `since ${plainText(since)}: ${counts.join(', ')}`].join('\n\n');
}

function lineOf(stream: Output, { verdict, place, what, consequence, advice }: Change): string {
  const mark = paint(stream, STYLES[verdict], verdict.padEnd(WIDTH));
  const said = [place === undefined ? what : `${place}: ${what}`, consequence].filter(Boolean);
  const text = advice === undefined ? said.join('; ') : `${said.join('; ')}. ${advice}`;
  return `${mark}  ${plainText(text)}`;
}
