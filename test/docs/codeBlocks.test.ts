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

const CHECKS: Readonly<Record<string, (code: string) => readonly string[]>> = {
  ts: () => [], // all together, below
  sh: shellProblems,
  json: jsonProblems,
  yaml: (code) => parseDocument(code).errors.map(({ message }) => message),
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

it('has only examples that compile', () => {
  expect(compileBlocks(pages.filter(({ file }) => file !== RUN_ELSEWHERE))).toEqual([]);
}, 120_000);

function blockProblems({ file }: Page, { language, code, line }: Block): string[] {
  const check = CHECKS[language];
  const problems = check?.(code) ?? [
    `unknown language "${language}", expected one of ${Object.keys(CHECKS).join(', ')}`,
  ];
  return problems.map((problem) => `${file}:${line}: ${problem}`);
}

function shellProblems(code: string): string[] {
  return shellCommands(code).flatMap(({ words, line }) => {
    const problem = commandProblem(words);
    return problem === undefined ? [] : [`line ${line + 1}, ${words.join(' ')}: ${problem}`];
  });
}

function jsonProblems(code: string): string[] {
  try {
    JSON.parse(code);
    return [];
  } catch (error) {
    return [String(error)];
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
