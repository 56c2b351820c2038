import { Writable } from 'node:stream';
import { fleet } from '@taskfleet/fleet';
import { systemClock } from '@taskfleet/toolbox/clock';
import type { Command } from 'commander';
import { buildProgram } from '../../platform/cli/program.ts';

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });

const never = () => Promise.reject(new Error('documentation runs no command'));

/** The command line as it is declared: its words are parsed, and nothing is run. */
export function inertCommandLine(): Command {
  const deps = {
    fleet,
    clock: systemClock,
    cwd: process.cwd(),
    environment: {},
    stdin: process.stdin,
    stdout: nowhere,
    stderr: nowhere,
    signals: process,
    openFleet: never,
    findAddress: never,
    readSettings: never,
    openBrowser: never,
  };
  const program = buildProgram(deps, [], () => undefined);
  for (const { command } of leavesOf(program)) command.action(() => undefined);
  return program;
}

/** A command that does something, and the words by which it is called. */
export interface Leaf {
  readonly words: readonly string[];
  readonly command: Command;
}

/** The commands that do something, in their order: groups such as `dead` only hold others. */
export function leavesOf(command: Command, words: readonly string[] = []): Leaf[] {
  if (command.commands.length === 0) return [{ words, command }];
  return command.commands.flatMap((child) => leavesOf(child, [...words, child.name()]));
}
