import type { Argument, Command, Option } from 'commander';
import { EXIT, EXIT_CODES_HELP } from '../../platform/cli/exitCode.ts';
import { inertCommandLine, type Leaf, leavesOf } from './commandLine.ts';
import { markdownTable } from './markdownTable.ts';

const INTRODUCTION = `# The command line

\`npx taskfleet\` schedules tasks, shows what becomes of them, and operates a stage: every command, with its arguments, options, examples and exit codes.
\`npm run docs\` writes this page from the commands themselves, which say the same with \`--help\`.

A command asks, in this order, the platform at \`--url\` or \`TASKFLEET_URL\`, the stage of \`TASKFLEET_STAGE\` with credentials of AWS, or the fleet that
\`npm start\` runs on this machine ([configuration](configuration.md), [identity](identity.md)). \`<…>\` has to be given, \`[…]\` may be.`;

/** The reference of the command line, from its commands. */
export function cliPage(): string {
  const program = inertCommandLine();
  const leaves = leavesOf(program);
  const parts = [
    INTRODUCTION,
    overview(leaves),
    `## Exit codes\n\n${exitCodes()}`,
    `## Options of every command\n\n${afterHelp(program).remarks}\n\n${optionTable([], program.options)}`,
    ...leaves.map(commandText),
  ];
  return `${parts.join('\n\n')}\n`;
}

function overview(leaves: readonly Leaf[]): string {
  const rows = leaves.map(({ words, command }) => {
    const name = words.join(' ');
    return [`[\`${name}\`](#${['taskfleet', ...words].join('-')})`, shown(command.description())];
  });
  return markdownTable(['command', 'what it does'], rows);
}

function exitCodes(): string {
  const told = EXIT_CODES_HELP.matchAll(/^ {2}(?<code>\d+) {2}(?<meaning>.+)$/gm);
  const rows = [...told].map(({ groups }) => [groups?.['code'] ?? '', groups?.['meaning'] ?? '']);
  return markdownTable(
    ['exit code', 'meaning'],
    [
      ...rows,
      [`${EXIT.defect}`, 'a defect of `taskfleet` itself, with its stack trace'],
      [`${EXIT.interrupted}`, 'Ctrl-C while it waited; what was scheduled goes on'],
    ],
  );
}

function commandText({ words, command }: Leaf): string {
  const name = ['taskfleet', ...words].join(' ');
  const { remarks, examples } = afterHelp(command);
  const description = command.description();
  const parts = [
    `## ${name}`,
    `${shown(description.charAt(0).toUpperCase() + description.slice(1))}.`,
    `\`\`\`text\n${name} ${command.usage()}\n\`\`\``,
    optionTable(command.registeredArguments, command.options),
    remarks,
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function optionTable(args: readonly Argument[], options: readonly Option[]): string {
  const rows = [
    ...args.map((argument) => {
      const { required, description, argChoices, defaultValue } = argument;
      const name = required ? `<${argument.name()}>` : `[${argument.name()}]`;
      return [code(name), meaningOf(description, argChoices), standard(defaultValue)];
    }),
    ...options
      .filter(({ hidden }) => !hidden)
      .map(({ flags, description, argChoices, defaultValue, mandatory }) => [
        code(flags),
        meaningOf(description, argChoices),
        mandatory ? 'has to be given' : standard(defaultValue),
      ]),
  ];
  return markdownTable(['argument or option', 'what it is', 'default'], rows);
}

function meaningOf(description: string, choices: readonly string[] | undefined): string {
  return shown(description) + (choices ? `: ${choices.map(code).join(', ')}` : '');
}

function standard(value: unknown): string {
  return value === undefined ? '' : code(typeof value === 'string' ? value : JSON.stringify(value));
}

/** What stands under a command's options: remarks, and its examples as they are typed in a clone. */
function afterHelp(command: Command): { remarks: string; examples: string[] } {
  const written: string[] = [];
  command.configureOutput({ writeOut: (text) => written.push(text) }).outputHelp();
  // First comes what commander knows by itself.
  const text = written.slice(1).join('');
  const [remarks = '', rest = ''] = text.split('Examples:\n');
  const examples = [...rest.matchAll(/^ {2}\$ (.+)$/gm)].map(([, call = '']) =>
    call.replaceAll(/\btaskfleet /g, 'npx taskfleet '),
  );
  return { remarks: withLists(shown(remarks.trim())), examples };
}

/** Lines in two columns, as help has them: a name, and after two spaces or more what it is. */
function withLists(text: string): string {
  return text.replaceAll(/^ {2}(\S+) {2,}(?=\S)/gm, '- `$1`: ');
}

/** Help is plain text: what Markdown would take for its own is escaped, and what is typed is code. */
function shown(text: string): string {
  return text
    .replaceAll(/[<*]/g, String.raw`\$&`)
    .replaceAll(/(?<![\w`-])(?:--[a-z][\w-]*|TASKFLEET_\w+)/g, '`$&`');
}

function code(text: string): string {
  return `\`${text}\``;
}
