import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { linesOfCode, roundly } from './linesOfCode.ts';
import { root } from './markdownFiles.ts';
import { markdownTable } from './markdownTable.ts';

/** What each of the workers that come with the fleet takes the place of. */
const WORKERS = {
  export: 'a project of a land-records platform as workbook, shapefiles and resources, in one zip',
  email: 'e-mails off the request path, each once, whatever the mail server does',
  layers: 'git repositories of layers, indexed as far as they changed, in the order of their needs',
  thumbnails: 'photos of galleries in several sizes, in order',
} as const;

/** What a worker would have to do by itself, and what does it. */
const TAKEN_OVER: readonly (readonly [what: string, where: string, pattern: string])[] = [
  [
    'receive, keep the lease, give back what is not begun, end in order on SIGTERM, never hang connected but silent',
    'consume',
    'shared-toolbox/consume/**/*.ts',
  ],
  [
    'run each task once, retry by policy, stop at time limits and on cancel, record state, attempts, progress, log and result',
    'runtime',
    'shared-toolbox/runtime/**/*.ts',
  ],
  [
    'publish in batches, refuse bad input, not hang while the broker is away, keep durable tasks until it is back',
    'schedule, breaker',
    'shared-toolbox/{schedule,breaker}/**/*.ts',
  ],
  [
    'run parts side by side, and what comes after all of them once',
    'canvas',
    'shared-toolbox/canvas/**/*.ts',
  ],
  [
    'declare input, output, limits, groups and secrets, and refuse what cannot work',
    'contract',
    'shared-toolbox/contract/**/*.ts',
  ],
  [
    'store and find records, claims, joins, large values and files',
    'table, offload, artifacts',
    'shared-toolbox/{table,offload,artifacts}/**/*.ts',
  ],
  [
    'read settings, write logs, traces and counts',
    'config, log, trace, statistics',
    'shared-toolbox/{config,log,trace,statistics,hooks,aws}/**/*.ts',
  ],
  [
    'track every task, publish what is due and what comes again, watch dead letters, answer HTTP, know who asks, draw the dashboard, the command line',
    'platform',
    'platform/**/*.{ts,tsx}',
  ],
  [
    'declare topic, queues, table, bucket, network, services, roles, scaling and alarms, and refuse what would lose tasks',
    'infra',
    'infra/!(local)/**/*.ts',
  ],
];

/** What people wrote by hand, in the systems that these workers take the place of. */
const BEFORE: readonly (readonly [before: string, now: string])[] = [
  [
    'a process that copies tasks from the broker into a table, for pages to show',
    "the platform's queue gets a copy of every task; records, pages and command line are there",
  ],
  [
    'a status column that workers set, and that stays `running` when one is killed',
    'a claim with a fencing token, a lease, `lost` as a view, and another attempt within seconds',
  ],
  [
    'a lock file or a flag, so that one gallery or repository is not worked on twice',
    '`group`, `unique` or `concurrency` in the contract',
  ],
  ['counting finished parts, to know when the zip can be made', '`chord(group([…]), bundle)`'],
  [
    'a log file for each run, and a page that reads it by offset',
    '`ctx.log`, and the log by cursor in dashboard, command line and API',
  ],
  ['a flag in the database that a long run looks at, to be stopped', '`ctx.signal`'],
  [
    '`try` around sending mail in the request, and a page that hangs with the mail server',
    '`schedule(sendEmail, …, { durable: true })`',
  ],
  [
    "a delay held in a worker's memory, and lost with it",
    '`delay`, `eta` and retries in table and queue',
  ],
  ['cron on one machine', '`periodic(…)`, fired once by whichever replica is there'],
  ['queues, exchanges and bindings made by clients at run time', 'one stack, and its rules'],
];

const TESTS = ['**/*.test.ts', '**/testing/**', '**/testing.ts'];

/** How much each worker is, and what it has no line for. */
export function workersPage(): string {
  const names = Object.keys(WORKERS).filter((name) => existsSync(join(root, 'workers', name)));
  return `# What one no longer writes

The workers that come with the fleet do what people used Celery, file queues and tables of their own for. Each is what is particular to its job, and nothing else:
\`npm run docs\` counts their lines, without blank ones and comments.

${markdownTable(['worker', 'what it makes', 'contract', 'handlers and the rest', 'tests'], names.map(workerRow))}

A new one begins with \`npx taskfleet new worker <name>\` and some 40 lines ([guide](guide.md)).

## What they have no line for

${markdownTable(['what', 'who does it', 'lines'], TAKEN_OVER.map(takenOver))}

Beside that, a worker has from the testing kit one attempt, or a whole fleet, in a test's process ([testing](testing.md)), and from the
[conformance suite](conformance.md), in three lines, the tests that every worker needs.

## What it was before

${markdownTable(['before', 'now'], BEFORE)}
`;
}

/** What a worker has for the laptop: no container carries it. */
const LOCAL = ['demo/**', 'catchAll/**'];

function workerRow(name: string): string[] {
  const folder = `workers/${name}`;
  const tests = TESTS.map((pattern) => `${folder}/${pattern}`);
  const contract = linesOfCode(`${folder}/contract.ts`);
  const local = LOCAL.map((pattern) => `${folder}/${pattern}`);
  const all = linesOfCode(`${folder}/**/*.ts`, [...tests, ...local]);
  const tested = linesOfCode(`${folder}/**/*.ts`) - linesOfCode(`${folder}/**/*.ts`, tests);
  return [
    `[${name}](../${folder}/README.md)`,
    WORKERS[name as keyof typeof WORKERS],
    ...[contract, all - contract, tested].map(roundly),
  ];
}

function takenOver([what, where, pattern]: (typeof TAKEN_OVER)[number]): string[] {
  const [folder = ''] = pattern.split('/');
  return [
    what,
    `\`${where}\``,
    roundly(
      linesOfCode(
        pattern,
        TESTS.map((one) => `${folder}/${one}`),
      ),
    ),
  ];
}
