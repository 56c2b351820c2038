import { ERRORS, FORMS, type Section, SECTIONS } from './contractSections.ts';
import { markdownTable } from './markdownTable.ts';
import {
  type Declaration,
  declarationOf,
  declarationsOf,
  type Member,
} from './source/declarations.ts';

const INTRODUCTION = `# Contract and context

All that a task, a worker and a call can be told, and what a handler is given: names, types, units, defaults and bounds. \`npm run docs\` writes this
page from the doc comments in the code, which editors show as well.

What cannot work is refused where it is declared, with everything that is wrong in one message.

${markdownTable(
  ['exported by', 'what'],
  [
    [
      code('@taskfleet/toolbox/contract'),
      '`defineTask`, `defineWorker`, `defineFleet`, `implement`, their options, forms and errors',
    ],
    [code('@taskfleet/toolbox/runtime'), '`runWorker`'],
    [code('@taskfleet/toolbox/lambda'), '`lambdaHandler`'],
    [code('@taskfleet/toolbox/schedule'), '`connectFleet`'],
  ],
)}`;

/** The reference of contract and context, from their doc comments. Throws where a member has none. */
export function contractPage(): string {
  const parts = [INTRODUCTION, ...SECTIONS.map(sectionText), formsText(), errorsText()];
  return `${parts.join('\n\n')}\n`;
}

function sectionText({ title, level = 2, doc, text, ...section }: Section): string {
  const rows = memberRows(section);
  const parts = [
    `${'#'.repeat(level)} ${title}`,
    [doc ? documented(declarationOf(...doc)) : '', text].filter(Boolean).join(' '),
    ...(rows.length > 0 ? [markdownTable(['name', 'type', 'what it is'], rows)] : []),
  ];
  return parts.join('\n\n');
}

function memberRows({ types = [], without = [] }: Pick<Section, 'types' | 'without'>): string[][] {
  return types
    .map(([file, name]) => declarationOf(file, name))
    .flatMap(({ name: type, members }) => members.map((member) => ({ type, member })))
    .filter(({ member }) => !without.includes(member.name))
    .map(({ type, member }) => [
      nameOf(member),
      code(member.type),
      documented({ ...member, name: `${type}.${member.name}` }),
    ]);
}

function nameOf({ name, isOptional }: Member): string {
  return code(isOptional ? `${name}?` : name);
}

function formsText(): string {
  const rows = FORMS.map(([file, name]) => {
    const form = declarationOf(file, name);
    return [code(name), documented(form)];
  });
  return `## Forms of texts\n\n${markdownTable(['type', 'what it is'], rows)}`;
}

function errorsText(): string {
  const rows = declarationsOf(ERRORS).flatMap((error) => {
    const stable = /\bcode(?:: string)? = '(\w+)'/.exec(error.text)?.[1];
    return stable === undefined ? [] : [[code(error.name), code(stable), documented(error)]];
  });
  return `## Errors\n\n${documented(declarationOf(ERRORS, 'TaskfleetError'))}\n\n${markdownTable(['error', '`code`', 'when'], rows)}`;
}

/** The doc comment; nothing goes onto the page without one. */
function documented({ name, doc }: Pick<Declaration, 'name' | 'doc'>): string {
  if (doc === '')
    throw new Error(`${name} has no doc comment, from which docs/contract.md is written`);
  // Outside of code, Markdown would take these for its own.
  return doc.replaceAll(/`[^`]*`|[<*]/g, (found) => (found.length > 1 ? found : `\\${found}`));
}

function code(text: string): string {
  return `\`${text}\``;
}
