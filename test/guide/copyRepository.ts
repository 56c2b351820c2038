import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Program, runProgram } from '../fixtures/programOutput.ts';

const root = join(import.meta.dirname, '..', '..');

export interface Copy {
  readonly root: string;
  /** Runs a TypeScript program or a tool's JavaScript of the copy, with this Node. */
  readonly node: (file: string, ...args: readonly string[]) => Program;
  /** As `node`; resolves to what it printed, and rejects when its exit code is not 0. */
  readonly run: (file: string, ...args: readonly string[]) => Promise<string>;
  readonly taskfleet: (...args: readonly string[]) => Program;
  readonly remove: () => void;
}

/**
 * This repository once more, as it is now, in a folder of its own: packages are those of this one, but for our own, which are the copy's.
 * So nothing is installed, and nothing here is changed.
 */
export function copyRepository(): Copy {
  const copy = mkdtempSync(join(tmpdir(), 'taskfleet-copy-'));
  for (const file of filesOf(root)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  linkPackages(copy);
  const environment = {
    TASKFLEET_HOME: join(copy, '.taskfleet'),
    // What starts "node" by name, as the CDK's command line does, is to start this one.
    PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
  };
  const node = (file: string, ...args: readonly string[]) =>
    runProgram([file, ...args], { cwd: copy, environment });
  return {
    root: copy,
    node,
    run: async (file, ...args) => {
      const program = node(file, ...args);
      const exitCode = await program.ended;
      if (exitCode !== 0) throw new Error(`${file} ended with ${exitCode}:\n${program.output()}`);
      return program.stdout();
    },
    taskfleet: (...args) => node(join('platform', 'cli', 'taskfleet.mjs'), ...args),
    remove: () => rmSync(copy, { recursive: true }),
  };
}

/** All that git knows, or would. */
function filesOf(folder: string): string[] {
  const args = ['-C', folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const names = execFileSync('git', args, { encoding: 'utf8', maxBuffer: 16_000_000 }).split('\0');
  return names.filter((name) => name !== '' && existsSync(join(folder, name)));
}

const OURS = '@taskfleet';

function linkPackages(copy: string): void {
  const [from, to] = [join(root, 'node_modules'), join(copy, 'node_modules')];
  mkdirSync(join(to, OURS), { recursive: true });
  for (const name of readdirSync(from).filter((name) => name !== OURS && name !== '.cache')) {
    symlinkSync(join(from, name), join(to, name));
  }
  // npm's own links are relative, so that they lead to the copy's folders.
  for (const name of readdirSync(join(from, OURS))) {
    symlinkSync(readlinkSync(join(from, OURS, name)), join(to, OURS, name));
  }
}
