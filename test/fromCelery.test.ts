import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '@taskfleet/platform/settings';
import * as kit from '@taskfleet/testing';
import * as contract from '@taskfleet/toolbox/contract';
import * as hooks from '@taskfleet/toolbox/hooks';
import * as runtime from '@taskfleet/toolbox/runtime';
import * as schedule from '@taskfleet/toolbox/schedule';
import * as testing from '@taskfleet/toolbox/testing';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../platform/cli/testing/runInProcess.ts';
import { sampleFleet } from './platform/sampleFleet.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const page = read('docs/from-celery.md');

interface Row {
  readonly celery: string;
  readonly here: string;
  readonly proof: string;
}

/** Every row of every table of the page but the headings. A row that has not four cells is one with a proof that is none. */
const rows: readonly Row[] = page
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (Celery|-+) +\|/.test(line))
  .map((line) => {
    const [celery = '', here = '', , proof = '', ...rest] = line
      .replaceAll(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { celery, here, proof: rest.length === 0 ? proof : 'too many cells' };
  });

const codeIn = (text: string) => [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);

/** Such as `taskfleet control pause --wait`. */
const isCommand = (code: string) => code.startsWith('taskfleet ');

describe('each row of the page for users of Celery', () => {
  it('is of a table with the same four columns', () => {
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.filter(({ celery, here }) => celery === '' || here === '')).toEqual([]);
  });

  it('has a test, by file and title, or says that the thing is not there', () => {
    expect(rows.filter(({ proof }) => !isProof(proof))).toEqual([]);
  });

  it('offers something exactly where it has a test', () => {
    const odd = rows.filter(({ here, proof }) => (here === '—') !== proof.startsWith('not there'));
    expect(odd).toEqual([]);
  });

  it('names what the toolbox has', () => {
    const ours = rows.flatMap(({ here }) => codeIn(here)).filter((code) => !isCommand(code));
    expect(ours.length).toBeGreaterThan(80);
    expect(ours.filter((code) => !isKnown(code))).toEqual([]);
  });

  it('names commands and options that the command line has', async () => {
    const commands = new Set(codeIn(page).filter(isCommand));
    expect(commands.size).toBeGreaterThan(20);
    for (const command of commands) {
      const words = command.split(' ').slice(1);
      const names = words.filter((word) => !word.startsWith('--'));
      const { stdout } = await run(...names, '--help');
      // Of an unknown command the help of the one above it is shown.
      expect(stdout).toMatch(new RegExp(`^Usage: taskfleet ${names.join(' ')} `));
      for (const option of words.slice(names.length)) expect(stdout).toContain(`  ${option} `);
    }
  });
});

const run = commandLine({
  fleet: sampleFleet,
  openFleet: async () => Promise.reject(new Error('help needs no fleet')),
});

function isProof(proof: string): boolean {
  if (/^not there( yet)?$/.test(proof)) return true;
  const [, title, file] = /^✓ \[(.+)\]\(\.\.\/(\S+\.test\.ts)\)$/.exec(proof) ?? [];
  if (title === undefined || file === undefined || !existsSync(join(root, file))) return false;
  // The title is written where a test is declared, whole.
  const source = read(file).replaceAll(/\(\s+/g, '(');
  return ["'", '"', '`'].some((quote) => source.includes(`(${quote}${title}${quote},`));
}

/** Fields and methods that the types in these files declare. */
function membersOf(...files: readonly string[]): ReadonlySet<string> {
  const source = files.map((file) => read(`shared-toolbox/${file}.ts`)).join('\n');
  const found = source.matchAll(/^ +(?:readonly (\w+)\??:|(\w+)\??\(.*\): .*;$)/gm);
  return new Set([...found].map(([, field, method]) => field ?? method ?? ''));
}

/** What a name before a dot stands for. */
const RECEIVERS: Readonly<Record<string, ReadonlySet<string>>> = {
  ctx: membersOf('contract/context'),
  handle: membersOf('contract/context', 'contract/startOptions'),
  fleet: membersOf('schedule/scheduleVia', 'schedule/createScheduler'),
};

const OPTIONS = membersOf(
  ...['task', 'worker', 'scheduleOptions', 'startOptions', 'retryPolicy'].map(inContract),
  ...['pool', 'compute', 'periodic', 'canvas'].map(inContract),
  'hooks/hooks',
);

function inContract(name: string): string {
  return `contract/${name}`;
}

const EXPORTED = new Set([
  ...[contract, hooks, kit, runtime, schedule, testing].flatMap((module) => Object.keys(module)),
  // Types leave nothing in a module.
  ...(read('shared-toolbox/contract/index.ts').match(/\b[A-Z]\w+/g) ?? []),
  ...contract.TASK_STATES,
]);

const VARIABLES: ReadonlySet<string> = new Set(
  CATALOGUE.flatMap(({ settings }) => Object.values(settings).map(({ variable }) => variable)),
);

function isKnown(code: string): boolean {
  if (/^[A-Z_]+$/.test(code)) return VARIABLES.has(code);
  const [first = '', ...rest] = /^[\w.]+/.exec(code)?.[0].split('.') ?? [];
  const members = RECEIVERS[first];
  if (members) return rest.length === 1 && rest.every((name) => members.has(name));
  return (OPTIONS.has(first) || EXPORTED.has(first)) && rest.every((name) => OPTIONS.has(name));
}
