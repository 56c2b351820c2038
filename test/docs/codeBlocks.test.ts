import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { type Block, blocksOf, proseOf, strayCode } from './blocks/blocksOf.ts';
import { commandProblem, mentionProblem } from './blocks/commandProblem.ts';
import { compileBlocks } from './blocks/compile.ts';
import { shellCommands } from './blocks/shellCommands.ts';
import { markdownPages, type Page } from './markdownFiles.ts';

/** How blocks are to be written: test/docs/blocks/blocksOf.ts. */
const pages = markdownPages();

/** Its blocks are the files of test/kit/examples, which are compiled and run there. */
const RUN_ELSEWHERE = 'docs/testing.md';

interface Problem {
  readonly text: string;
  /** Lines of the block before it. */
  readonly after?: number;
}

const CHECKS: Readonly<Record<string, (code: string) => readonly Problem[]>> = {
  ts: () => [], // all together, below
  sh: shellProblems,
  json: jsonProblems,
  yaml: (code) => parseDocument(code).errors.map(({ message }) => ({ text: message })),
  promql: () => [], // test/api/metrics.test.ts knows the metrics
  text: () => [], // says that nothing checks it
};

describe.each(pages)('$file', (page) => {
  it('has no code outside of fences', () => {
    expect(strayCode(page)).toEqual([]);
  });

  it('has no block that is wrong', () => {
    expect(blocksOf(page).flatMap((block) => blockProblems(page, block))).toEqual([]);
  });

  it('mentions no command that there is not', () => {
    expect(mentionProblems(page)).toEqual([]);
  });
});

/** As long as this one is found, the others are looked at. */
const WRONG: Page = { file: 'wrong.md', text: '```ts\nexport const word: string = 1;\n```\n' };

it('has only examples that compile', () => {
  const compiled = pages.filter(({ file }) => file !== RUN_ELSEWHERE);
  expect(compileBlocks([...compiled, WRONG])).toEqual([
    "wrong.md:2: error TS2322: Type 'number' is not assignable to type 'string'.",
  ]);
}, 120_000);

function blockProblems({ file }: Page, { language, code, line }: Block): string[] {
  const check = CHECKS[language];
  const problems = check?.(code) ?? [
    { text: `unknown language "${language}", expected one of ${Object.keys(CHECKS).join(', ')}` },
  ];
  return problems.map(({ text, after = 0 }) => `${file}:${line + after}: ${text}`);
}

function shellProblems(code: string): Problem[] {
  return shellCommands(code).flatMap(({ words, line }) => {
    const problem = commandProblem(words);
    return problem === undefined ? [] : [{ text: `${words.join(' ')}: ${problem}`, after: line }];
  });
}

function jsonProblems(code: string): Problem[] {
  try {
    JSON.parse(code);
    return [];
  } catch (error) {
    return [{ text: String(error) }];
  }
}

/** Commands in the prose, as `npx taskfleet list --lost`; `…` stands for what a reader fills in. */
function mentionProblems(page: Page): string[] {
  const spans = proseOf(page).matchAll(/`((?:npx |npm |taskfleet )[^`]*)`/g);
  return [...spans].flatMap(([, span = '']) => {
    const [{ words } = { words: [] }] = shellCommands(
      span.replaceAll(/\s+/g, ' ').replaceAll('\\|', '|'),
    );
    const problem = mentionProblem(words.filter((word) => word !== '…'));
    return problem === undefined ? [] : [`${page.file}: ${span}: ${problem}`];
  });
}
