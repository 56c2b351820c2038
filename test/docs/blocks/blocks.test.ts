import { describe, expect, it } from 'vitest';
import { blocksOf, proseOf, strayCode } from './blocksOf.ts';
import { commandProblem, mentionProblem } from './commandProblem.ts';
import { modulesOf } from './modulesOf.ts';
import { shellCommands } from './shellCommands.ts';

const pageOf = (...lines: string[]) => ({ file: 'page.md', text: `${lines.join('\n')}\n` });

describe('blocks of a page', () => {
  it('have their language, their line and their code', () => {
    const page = pageOf('Text.', '', '```json', '{}', '```', '', '```', 'bare', '```');
    expect(blocksOf(page)).toMatchObject([
      { language: 'json', line: 4, code: '{}\n' },
      { language: '', line: 8, code: 'bare\n' },
    ]);
    expect(proseOf(page).trim()).toBe('Text.');
  });

  it('do not hide: neither by an indent nor by a fence without an end', () => {
    expect(strayCode(pageOf('See:', '', '    code', '', '```ts', 'open'))).toEqual([
      'page.md:3: expected code in a fence, got an indented block',
      'page.md:5: expected a fence with a language, and its end',
    ]);
  });
});

describe('modules of a page', () => {
  it('are named files, blocks with what they need, and blocks that continue one', () => {
    const page = pageOf(
      '<!-- ts\n// a/hidden.ts\nexport const one = 1;\n-->\n',
      "<!-- ts\nimport { one } from './a/hidden.ts';\n-->\n",
      '```ts\nconst two = one + 1;\n```\n',
      '<!-- continues -->\n\n```ts\ntwo;\n```\n',
      '```ts\n// b.ts\n```',
    );
    const modules = modulesOf(page);
    expect(modules.map(({ path }) => path)).toEqual(['a/hidden.ts', 'line-11.ts', 'b.ts']);
    const lines = modules[1]?.text.split('\n') ?? [];
    expect([lines[6], lines[10], lines[16]]).toEqual([
      "import { one } from './a/hidden.ts';",
      'const two = one + 1;',
      'two;',
    ]);
  });

  it.each([
    [['<!-- continues -->', '```ts', '1;', '```'], 'page.md:3: there is no block'],
    [
      ['```ts', '// a.ts', '```', '```ts', '// a.ts', '```'],
      'page.md:5: a.ts is on the page twice',
    ],
  ])('are refused: %j', (lines, message) => {
    expect(() => modulesOf(pageOf(...lines))).toThrow(message);
  });
});

describe('commands of a block of shell', () => {
  it('are read without comments, settings, and what they are piped into', () => {
    const code = `# all\nA=b npm start -- --once # one\napi=x\njq -n '{a: "b"}' | taskfleet put - \\\n  <the id> >> it.log\n`;
    expect(shellCommands(code).map(({ words }) => words)).toEqual([
      ['npm', 'start', '--', '--once'],
      ['jq', '-n', '{a: "b"}'],
      ['taskfleet', 'put', '-', '<the id>'],
    ]);
  });

  it.each([
    ['npx taskfleet lst', "unknown command 'lst'"],
    ['npx taskfleet list --stat failed', "unknown option '--stat'"],
    ['npx taskfleet list --state done', 'is invalid'],
    ['npx taskfleet cancel', "missing required argument 'id'"],
    ['npx taskfleet cost', 'not specified'],
    ['npx taskfleet dead', 'outputHelp'],
    ['npm run bnech', 'package.json has no script "bnech"'],
    ['npm start -- --onec', 'expected --once'],
    ['npx cdk sinth', 'unknown command of the CDK'],
    ['npx prettier', 'unknown program "prettier"'],
    ['frobnicate', 'unknown program "frobnicate"'],
  ])('are refused: %s', (command, message) => {
    expect(commandProblem(command.split(' '))).toContain(message);
  });

  it.each(['taskfleet cancel', 'taskfleet dead', 'npx taskfleet list --state', 'npm test'])(
    'may be mentioned: %s',
    (mention) => {
      expect(mentionProblem(mention.split(' '))).toBeUndefined();
    },
  );

  it('are no mention where they are another command', () => {
    expect(mentionProblem(['taskfleet', 'cancle'])).toContain("unknown command 'cancle'");
  });
});
