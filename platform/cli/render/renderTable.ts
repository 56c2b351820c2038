import { displayWidth, fitWidth, plainText } from './plainText.ts';

/** A cell: its text, and how to paint it once its width is known. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const LONGEST_CELL = 60;
const GAP = 2;

/** Rows under a heading, in columns as wide as their widest cell; what goes beyond `columns` of the terminal is cut. */
export function renderTable(
  heading: readonly string[],
  rows: readonly (readonly Cell[])[],
  columns = Infinity,
): string {
  const cleaned = [heading.map((text) => ({ text })), ...rows].map((row) => row.map(clean));
  const widths = heading.map((_, column) =>
    Math.max(...cleaned.map((row) => displayWidth(row[column]?.text ?? ''))),
  );
  return cleaned.map((row) => renderRow(row, widths, columns)).join('\n');
}

function clean({ text, ...rest }: Cell): Cell {
  return { ...rest, text: fitWidth(plainText(text), LONGEST_CELL) };
}

function renderRow(row: readonly Cell[], widths: readonly number[], columns: number): string {
  let begin = 0;
  const cells = row.map(({ text, paint = (plain) => plain }, column) => {
    const fitted = fitWidth(text, columns - begin);
    const width = widths[column] ?? 0;
    begin += width + GAP;
    return `${fitted && paint(fitted)}${' '.repeat(width - displayWidth(fitted))}`;
  });
  return cells.join(' '.repeat(GAP)).trimEnd();
}
