/** Text of others on one line of a terminal: a task's note or creator cannot move the cursor or paint. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{C}+|\s+/gu, ' ').trim();
}

/** Columns that a text takes, near enough: East Asian scripts and emoji take two each. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text's beginning in at most so many columns; `…` says that there is more. */
export function fitWidth(text: string, columns: number): string {
  if (displayWidth(text) <= columns) return text;
  let fitted = '';
  let left = columns - 1;
  for (const character of text) {
    left -= characterWidth(character);
    if (left < 0) break;
    fitted += character;
  }
  return columns < 1 ? '' : `${fitted}…`;
}

function characterWidth(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  return /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]/u.test(
    character,
  )
    ? 2
    : 1;
}
