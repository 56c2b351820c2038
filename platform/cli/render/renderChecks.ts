import {
  type Check,
  type Finding,
  isFinding,
  SEVERITIES,
  type Severity,
} from '@taskfleet/toolbox/conformance/stage';
import type { Output } from '../deps.ts';
import { paint } from './paint.ts';
import { plainText } from './plainText.ts';
import { type Cell, renderTable } from './renderTable.ts';

const MARKS = {
  ok: ['✓', 'green'],
  error: ['✗', 'red'],
  warning: ['!', 'yellow'],
  unchecked: ['?', 'dim'],
} as const satisfies Record<Check['verdict'], readonly [string, Parameters<typeof paint>[1]]>;

/** A row for each thing looked at, then every finding with cause and mend, what could not be checked in brief. */
export function renderChecks(stream: Output, checks: readonly Check[]): string {
  const bySubject = Map.groupBy(checks, ({ subject }) => subject);
  const rows = [...bySubject].map(([subject, own]) => rowOf(stream, subject, own));
  const findings = checks.filter(isFinding);
  return [
    renderTable(['', 'LOOKED AT', 'RULES', ''], rows),
    ...described(stream, findings),
    ...unchecked(stream, findings),
    summary(findings),
  ].join('\n\n');
}

function rowOf(stream: Output, subject: string, checks: readonly Check[]): readonly Cell[] {
  const worst = SEVERITIES.find((severity) => checks.some(({ verdict }) => verdict === severity));
  const [mark, style] = MARKS[worst ?? 'ok'];
  const kept = checks.filter(({ verdict }) => verdict === 'ok').length;
  const notes = checks.flatMap((check) => ('note' in check && check.note ? [check.note] : []));
  const rules = checks.flatMap((check) => (check.verdict === worst ? [check.rule] : []));
  return [
    { text: mark, paint: (text) => paint(stream, style, text) },
    { text: subject },
    { text: `${kept} of ${checks.length}` },
    { text: [...notes, ...new Set(rules)].join(', ') },
  ];
}

function described(stream: Output, findings: readonly Finding[]): string[] {
  return findings
    .filter(({ verdict }) => verdict !== 'unchecked')
    .map(({ verdict, subject, rule, cause, mend }) => {
      const [mark, style] = MARKS[verdict];
      const title = plainText(`${mark} ${subject}: ${rule}`);
      const lines = [`  cause: ${plainText(cause)}`, `  mend:  ${plainText(mend)}`];
      return [paint(stream, style, title), ...lines].join('\n');
    });
}

/** A paragraph, or none: the same cause is told once. */
function unchecked(stream: Output, findings: readonly Finding[]): string[] {
  const own = findings.filter(({ verdict }) => verdict === 'unchecked');
  const byCause = Map.groupBy(own, ({ cause, mend }) => `${cause} (${mend})`);
  const [mark, style] = MARKS.unchecked;
  const lines = [...byCause].map(([cause, same]) => {
    const what = same.map(({ subject, rule }) => `${subject}: ${rule}`).join('; ');
    return paint(stream, style, plainText(`${mark} ${what}: ${cause}`));
  });
  return lines.length === 0 ? [] : [['not checked:', ...lines].join('\n')];
}

const WORDS = { error: 'errors', warning: 'warnings', unchecked: 'not checked' } as const;

function summary(findings: readonly Finding[]): string {
  const count = (severity: Severity) => findings.filter((one) => one.verdict === severity).length;
  return SEVERITIES.map((severity) => `${WORDS[severity]}: ${count(severity)}`).join(', ');
}
