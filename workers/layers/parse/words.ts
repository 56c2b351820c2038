const MOST_WORDS = 500;
const LONGEST_TEXT = 4_000;

/** The words of a list such as DEPENDS, each once. Python such as `${@…}` is one word, with its spaces. */
export function wordsOf(text: string | undefined): string[] {
  const words = text?.match(/(?:\$\{@(?:\{[^{}]*\}|[^{}])*\}|\S)+/g) ?? [];
  return [...new Set(words.map((word) => word.slice(0, LONGEST_TEXT)))].slice(0, MOST_WORDS);
}

/** A text for people, on one line; undefined when it says nothing. */
export function lineOf(text: string | undefined): string | undefined {
  const line = text?.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return line ? line.slice(0, LONGEST_TEXT) : undefined;
}
