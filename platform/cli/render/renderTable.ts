import { displayWidth, fitWidth, plainText } from './plainText.ts';

/** A cell: its text, and how to paint it once its width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const LONGEST_CELL = 60;

/** Rows under a heading, in columns as wide as their widest cell. */
export function renderTable(
  heading: readonly string[],
  rows: readonly (readonly Cell[])[],
): string {
  const cleaned = [heading.map((text) => ({ text })), ...rows].map((row) => row.map(clean));
  const widths = heading.map((_, column) =>
    Math.max(...cleaned.map((row) => displayWidth(row[column]?.text ?? ''))),
  );
  return cleaned.map((row) => renderRow(row, widths)).join('\n');
}

function clean({ text, ...rest }: Cell): Cell {
  return { ...rest, text: fitWidth(plainText(text), LONGEST_CELL) };
}

function renderRow(row: readonly Cell[], widths: readonly number[]): string {
  return row
    .map(({ text, paint = (plain) => plain }, column) => {
      const gap = ' '.repeat((widths[column] ?? 0) - displayWidth(text));
      return `${paint(text)}${gap}`;
    })
    .join('  ')
    .trimEnd();
}
