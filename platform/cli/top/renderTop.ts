import type { Output } from '../deps.ts';
import { age } from '../render/age.ts';
import { paint } from '../render/paint.ts';
import { displayWidth, fitWidth, plainText } from '../render/plainText.ts';
import { sparkline } from '../render/sparkline.ts';
import type { FleetFrame } from './fleetFrame.ts';
import { failureSection, queueSection, type Section, workerSection } from './sections.ts';

export interface TopView {
  readonly frame: FleetFrame;
  readonly columns: number;
  /** Lines of the terminal; Infinity for what is no terminal. */
  readonly rows: number;
  /** What stands at the right of the first line, such as the keys. */
  readonly note: string;
  /** Why there is no newer picture. */
  readonly problem?: string | undefined;
}

/** Lines under each other, as many as there is room for, none longer than the terminal is wide. Pure, but for how `stream` paints. */
export function renderTop(stream: Output, view: TopView): readonly string[] {
  const { frame, columns, rows } = view;
  const head = headLines(stream, view);
  const sections = [workerSection, queueSection, failureSection].map((section) =>
    section(stream, frame, columns),
  );
  // A blank line and a heading each.
  const room = rows - head.length - 2 * sections.length;
  const shares = shareRows(
    sections.map(({ lines }) => lines.length),
    room,
  );
  const body = sections.flatMap((section, i) => sectionLines(stream, section, shares[i] ?? 0));
  return [...head, ...body].slice(0, rows);
}

function headLines(stream: Output, { frame, columns, note, problem }: TopView): string[] {
  const { stage, at, availability, pace } = frame;
  const time = new Date(at).toISOString().slice(11, 19);
  const left = fitWidth(`taskfleet  ${plainText(stage)}  ${time}`, columns);
  const gap = columns - displayWidth(left) - displayWidth(note);
  const first =
    note === '' || gap < 2 ? left : `${left}${' '.repeat(gap)}${paint(stream, 'dim', note)}`;
  const perMinute = (pace.ended / pace.minutes).toFixed(1);
  const rate = `${perMinute} tasks a minute  ${sparkline(pace.points)}`.trimEnd();
  const failed = `${pace.failed} of ${pace.ended} failed in ${pace.minutes} min`;
  return [
    first,
    fitWidth(rate, columns),
    paintIf(stream, pace.failed > 0, fitWidth(failed, columns)),
    paintIf(stream, !availability.available, fitWidth(availabilityText(frame), columns)),
    ...(problem === undefined ? [] : [paint(stream, 'red', fitWidth(plainText(problem), columns))]),
  ];
}

function availabilityText({ availability, at }: FleetFrame): string {
  if (availability.available) return 'the topic takes tasks';
  const { since, reason } = availability;
  return `the topic takes no tasks since ${age(since, at)}: ${plainText(reason)}`;
}

function paintIf(stream: Output, isBad: boolean, text: string): string {
  return isBad ? paint(stream, 'red', text) : text;
}

function sectionLines(stream: Output, { heading, lines, more }: Section, share: number): string[] {
  // One line alone says more by itself than of how many there are.
  const isCut = lines.length > share && share > 1;
  const shown = lines.slice(0, isCut ? share - 1 : share);
  const rest = isCut ? [paint(stream, 'dim', more(lines.length - shown.length))] : [];
  return ['', paint(stream, 'bold', heading), ...shown, ...rest];
}

/** How many lines each gets who wants so many: in turns, so that nobody goes without while another has plenty. Pure. */
export function shareRows(wanted: readonly number[], room: number): number[] {
  if (room >= wanted.reduce((sum, n) => sum + n, 0)) return [...wanted];
  const shares = wanted.map(() => 0);
  for (let left = Math.max(0, room), turn = 0; left > 0; turn += 1) {
    const i = turn % wanted.length;
    if ((shares[i] ?? 0) >= (wanted[i] ?? 0)) continue;
    shares[i] = (shares[i] ?? 0) + 1;
    left -= 1;
  }
  return shares;
}
