import { textOf } from '../source/textOf.ts';

/** What Excel takes in a cell, a row and a sheet (support.microsoft.com, "Excel specifications and limits"). */
export const LONGEST_TEXT = 32_767;
export const MOST_COLUMNS = 16_384;
export const MOST_ROWS = 1_048_576;

/** Indexes of the styles in `styles.ts`. */
export const STYLES = { plain: 0, date: 1, text: 2, head: 3 } as const;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;
/** Day 0 of Excel's calendar, which also has a 29 February 1900: dates before March of that year stay text. */
const EPOCH_MS = Date.UTC(1899, 11, 30);
const FIRST_DAY = 61;

/** How a spreadsheet recognizes what it would compute, and what it would take for such once the cell is edited or saved as CSV. */
const LIKE_A_FORMULA = /^[=+\-@\t\r]/;

/** The XML of a cell; empty for nothing. Text is text whatever it looks like: no formula is ever written. */
export function cellXml(reference: string, value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'number' && Number.isFinite(value)) {
    return `<c r="${reference}"><v>${value}</v></c>`;
  }
  if (typeof value === 'boolean') return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const text = textOf(value);
  const day = dayOf(text);
  if (day !== undefined) return `<c r="${reference}" s="${STYLES.date}"><v>${day}</v></c>`;
  return textXml(reference, text, LIKE_A_FORMULA.test(text) ? STYLES.text : STYLES.plain);
}

export function textXml(reference: string, text: string, style: number): string {
  const styled = style === STYLES.plain ? '' : ` s="${style}"`;
  const content = escapeXml(cutText(text));
  return `<c r="${reference}"${styled} t="inlineStr"><is><t xml:space="preserve">${content}</t></is></c>`;
}

/** Whether a cell takes less of it than there is. */
export function isTooLong(value: unknown): boolean {
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null)) return false;
  return textOf(value).length > LONGEST_TEXT;
}

function cutText(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

/** The day's number in Excel's calendar, of a date such as 2026-02-28 and nothing else. */
function dayOf(text: string): number | undefined {
  const [, year, month, date] = ISO_DATE.exec(text) ?? [];
  if (date === undefined) return undefined;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(date)));
  if (at.toISOString().slice(0, 10) !== text) return undefined;
  const day = (at.getTime() - EPOCH_MS) / DAY_MS;
  return day >= FIRST_DAY ? day : undefined;
}

// eslint-disable-next-line no-control-regex -- these are the characters that XML 1.0 cannot hold
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
/** Excel reads this as the character of that number. */
const LIKE_AN_ESCAPE = /_(?=x[0-9A-Fa-f]{4}_)/g;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text that any XML reader takes: what XML cannot hold is replaced by U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(ILLEGAL, '\uFFFD')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(LIKE_AN_ESCAPE, '_x005F_')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}

/** `A`, `Z`, `AA`, … `XFD`. */
export function columnName(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}
