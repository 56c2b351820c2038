import { fleet } from '@taskfleet/fleet';
import {
  CATALOGUE,
  describeSetting,
  type Section,
  workerSections,
} from '@taskfleet/platform/settings';
import type { SettingReader } from '@taskfleet/toolbox/config';
import { markdownTable } from './markdownTable.ts';
import { TEST_VARIABLES } from './testVariables.ts';

const READER_NAMES = {
  scheduler: 'schedulers',
  worker: 'workers',
  platform: 'platform',
  cli: '`taskfleet`',
  local: '`npm start`',
} as const satisfies Record<SettingReader, string>;

const INTRODUCTION = `# Configuration

Every setting of every program: what it is, its unit, its values, its default, and who reads it. \`npm run docs\` writes this page from the settings
in the code.

A value comes from the first of these that has one: an **argument** of the program or the command line, the **environment**, the **default**.
An empty variable counts as none. Programs read once, at start, and say everything that is missing, wrong or unknown in one message: services,
\`taskfleet\` and \`npm start\` exit with 2, \`connectFleet\` and \`lambdaHandler\` throw \`ConfigError\`, whose \`problems\` has them one by one. Values are never repeated.

<!-- ts
import type { WorkerImplementation } from '@taskfleet/toolbox/contract';
import { runWorker } from '@taskfleet/toolbox/runtime';
import { connectFleet } from '@taskfleet/toolbox/schedule';
declare const thumbnails: WorkerImplementation;
-->

\`\`\`ts
await runWorker(thumbnails, { config: { pollSeconds: 5 } });
const fleet = connectFleet(process.env, { config: { stage: 'dev' } });
\`\`\`

Arguments have the names of the column, and the same schema as the variable. \`runWorker\` and \`lambdaHandler\` take those of workers, \`connectFleet\`
those of schedulers, and \`platformConfig(environment, config)\`, with which \`platform/main.ts\` starts the platform, those of the platform.

A variable that begins with \`TASKFLEET_\` and is not on this page is an error everywhere, with the name that is probably meant: a slip would leave a
default in force. One that another program of the fleet reads is fine anywhere. Kubernetes sets such variables for a service whose name begins
with \`taskfleet\`: there, a pod that reads settings needs \`enableServiceLinks: false\`.

\`\`\`sh
npx taskfleet config print                          # every value here, and where it comes from; secrets are not shown
npx taskfleet config print --explain --for worker   # what a worker started here would find, with the meaning of each
npx taskfleet config print --json                   # for programs
\`\`\`

The stack sets what its services need, and \`npm start\` what the local ones do; the command line finds those of a running local fleet by itself,
unless \`TASKFLEET_STAGE\` or an address is set.`;

/** The reference of all settings, from their declarations. */
export function configurationPage(): string {
  const sections = [...CATALOGUE, ...workerSections(fleet)].map(sectionText);
  return `${[INTRODUCTION, ...sections, testsText()].join('\n\n')}\n`;
}

const HEADING = [
  'variable',
  'argument',
  'what it is',
  'unit',
  'values',
  'default',
  'read by',
] as const;

function sectionText({ title, settings }: Section): string {
  const rows = Object.entries(settings).map(([name, setting]) => {
    const { argument, unit, bounds, standard, isRequired } = describeSetting(name, setting);
    const { variable, meaning, readers, secret } = setting;
    return [
      code(variable),
      argument === undefined ? '' : code(argument),
      secret ? `${meaning}; secret` : meaning,
      unit ?? '',
      bounds ?? 'text',
      isRequired ? 'has to be set' : (standard ?? ''),
      readers.map((reader) => READER_NAMES[reader]).join(', '),
    ];
  });
  return `## ${title}\n\n${markdownTable(HEADING, rows)}`;
}

function testsText(): string {
  const rows = Object.entries(TEST_VARIABLES).map(([name, meaning]) => [code(name), meaning]);
  return `## The tests of this repository\n\n${markdownTable(['variable', 'what it is'], rows)}`;
}

function code(text: string): string {
  return `\`${text}\``;
}
