import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../fixtures/programOutput.ts';
import { type Copy, copyRepository } from './copyRepository.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'guide.md'), 'utf8');

interface Step {
  readonly language: string;
  readonly text: string;
}

/** The page's blocks of code, by the heading that they are under. */
const steps: ReadonlyMap<string, readonly Step[]> = new Map(
  page.split(/^## /m).map((section) => [
    section.split('\n', 1)[0] ?? '',
    [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => {
      return { language, text };
    }),
  ]),
);

let copy: Copy;
let fleet: Program | undefined;
beforeAll(() => {
  copy = copyRepository();
});
afterAll(async () => {
  await stopFleet();
  copy.remove();
});

async function stopFleet(): Promise<void> {
  fleet?.process.kill('SIGINT');
  await fleet?.ended;
  fleet = undefined;
}

/** What a reader does with a section: saves its files, and types its commands. Resolves to what each command printed. */
async function follow(heading: string): Promise<readonly string[]> {
  const said: string[] = [];
  const found = steps.get(heading);
  if (!found) throw new Error(`the guide has no section "${heading}"`);
  for (const { language, text } of found) {
    if (language === 'ts') save(text);
    for (const line of language === 'sh' ? text.trim().split('\n') : [])
      said.push(await type(line));
  }
  return said;
}

function save(text: string): void {
  const [, path] = /^\/\/ (workers\/\S+)\n/.exec(text) ?? [];
  if (path === undefined) return;
  mkdirSync(dirname(join(copy.root, path)), { recursive: true });
  writeFileSync(join(copy.root, path), text);
}

/** `npm start` goes on; all else is to end, with the exit code that stands beside it, or 0. */
async function type(line: string): Promise<string> {
  const [command = '', note = ''] = line.split(' # ');
  if (command === 'npm start') return startFleet();
  const program = run(wordsOf(command));
  const exitCode = await program.ended;
  const wanted = Number(/exit code (\d+)/.exec(note)?.[1] ?? 0);
  expect({ line, exitCode, said: exitCode === wanted ? '' : program.output() }).toEqual({
    line,
    exitCode: wanted,
    said: '',
  });
  return program.output();
}

async function startFleet(): Promise<string> {
  fleet = copy.node('infra/local/start.ts');
  await fleet.printed('The fleet is up.');
  return fleet.output();
}

/** The programs that npm and npx start, without these two: they would look for a registry. */
function run([program, name = '', ...args]: readonly string[]): Program {
  if (program === 'npx' && name === 'taskfleet') return copy.taskfleet(...args);
  if (program === 'npx' && name === 'cdk')
    return copy.node('node_modules/aws-cdk/bin/cdk', ...args);
  if (program === 'npm' && name === 'test') return copy.node('test/check.ts', ...args.slice(1));
  throw new Error(`the guide has a command that this test does not know: ${program} ${name}`);
}

/** As a shell takes them apart; the guide has no other quotes than single ones. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
}

describe('whoever does what the guide says', () => {
  it('sees the fleet run', async () => {
    const [said] = await follow('See it run');
    expect(said).toContain('npx taskfleet list');
    await stopFleet();
  }, 120_000);

  it('makes a worker, writes its task, and has its tests pass', async () => {
    await follow('Make a worker');
    await follow('Say what the task takes and gives');
    await follow('Write the handler');
    const [said] = await follow('Test it');
    expect(said).toContain('2 passed');
  }, 240_000);

  it('runs the task, and is told what is wrong with an input', async () => {
    const [started, tasks, scheduled, file, listed, refused] = await follow('Run it');
    expect(started).toContain('worker for reports.monthly');
    expect(tasks).toContain('reports.monthly');
    expect(scheduled).toContain('"rows": 2');
    expect(readFileSync(join(copy.root, (file ?? '').trim()), 'utf8')).toBe(
      'acme,1,19.90\nacme,2,5.00',
    );
    expect(listed).toContain('succeeded');
    expect(refused).toContain('month');
    await stopFleet();
  }, 120_000);

  it('has it in the template of a stage', async () => {
    const [template] = await follow('Put it on a stage');
    expect(template).toContain('taskfleet-dev-reports.fifo');
  }, 120_000);
});
