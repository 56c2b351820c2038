/** One command of a block of shell: its words, without what stands around it. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** From 0, in the block. */
  readonly line: number;
}

/** A word: quoted pieces, placeholders such as `<the id>`, and everything else up to a space or the end of the command. */
const WORD =
  /(?:'[^']*'|"(?:\\.|[^"\\])*"|<[^<>\n]+>|\$\([^)\n]*\)|\\\n|\\.|[^\s'"<>|&;\\]|(?:>>?|<)(?=\s))+/;
const TOKEN = new RegExp(
  String.raw`(?<gap>(?:[^\S\n]|\\\n)+)|(?<comment>(?<=^|\s)#[^\n]*)|(?<end>\n|\|\|?|&&|;)|(?<word>${WORD.source})`,
  'gy',
);

/** The commands of a piece of shell, without comments and what is set before them. Throws at what it cannot read. */
export function shellCommands(code: string): ShellCommand[] {
  const commands: { words: string[]; line: number }[] = [];
  let current: { words: string[]; line: number } | undefined;
  let line = 0;
  let at = 0;
  for (const { 0: token, index, groups = {} } of code.matchAll(TOKEN)) {
    if (groups['word'] !== undefined) {
      current ??= { words: [], line };
      current.words.push(unquoted(token));
    } else if (groups['end'] !== undefined && current) {
      commands.push(current);
      current = undefined;
    }
    line += token.split('\n').length - 1;
    at = index + token.length;
  }
  if (at < code.length) throw new Error(`expected a word of shell at "${code.slice(at, at + 20)}"`);
  return [...commands, ...(current ? [current] : [])]
    .map(({ words, line }) => ({ words: withoutSettings(withoutFiles(words)), line }))
    .filter(({ words }) => words.length > 0);
}

function unquoted(word: string): string {
  return word.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"/g, '$1$2');
}

/** Without `NAME=value` before the command. */
function withoutSettings(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !/^\w+=/.test(word));
  return first === -1 ? [] : words.slice(first);
}

/** Without `> file` and the like. */
function withoutFiles(words: readonly string[]): string[] {
  const isArrow = (word: string | undefined) => word === '>' || word === '>>' || word === '<';
  return words.filter((word, at) => !isArrow(word) && !isArrow(words[at - 1]));
}
