import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { buildToolbox } from './buildToolbox.ts';
import { PackError } from './errors.ts';
import { runTool } from './runTool.ts';

export interface PackToolboxOptions {
  /** The folder for the tarball, which is made when it is missing. */
  readonly out: string;
  /** npm's own program, where npm has started this one. Default: the `npm` that the path finds. */
  readonly npm?: string | undefined;
}

const packed = z.tuple([z.object({ filename: z.string() })]);

/** Builds the package aside and has npm pack it; returns the tarball's path. Throws PackError. */
export function packToolbox({ out, npm }: PackToolboxOptions): string {
  const scratch = mkdtempSync(join(tmpdir(), 'taskfleet-package-'));
  try {
    makeFolder(out);
    buildToolbox(scratch);
    const args = ['pack', '--json', '--ignore-scripts', '--offline', '--pack-destination', out];
    const [program, ...before] = npm === undefined ? ['npm'] : [process.execPath, npm];
    const said = runTool(program, [...before, ...args], scratch);
    const [{ filename }] = packed.parse(JSON.parse(said));
    return join(out, basename(filename));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function makeFolder(out: string): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw new PackError(`expected a folder to write to, got "${out}": ${(error as Error).message}`);
  }
}
