import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { copyPackages } from '../images/copyPackages.ts';
import { runTool } from '../images/runTool.ts';

const sample = join(import.meta.dirname, 'sample');

const versions = z.record(z.string(), z.string()).default({});
const manifest = z.object({ dependencies: versions, devDependencies: versions });

/** The package under test. */
const TOOLBOX = join('node_modules', '@taskfleet', 'toolbox');

/** Makes the sample a project of its own in an empty folder, installed as npm would, with the toolbox from its tarball. */
export async function layProject(folder: string, tarball: string): Promise<void> {
  cpSync(sample, folder, { recursive: true });
  const toolbox = join(folder, TOOLBOX);
  mkdirSync(toolbox, { recursive: true });
  await runTool('tar', ['-xzf', tarball, '-C', toolbox, '--strip-components=1']);
  // The toolbox is there: only what it asks for is copied.
  copyPackages(folder, [...packagesOf(folder), ...packagesOf(toolbox)]);
  mkdirSync(join(folder, 'node_modules', '.bin'));
  symlinkSync('../typescript/bin/tsc', join(folder, 'node_modules', '.bin', 'tsc'));
}

function packagesOf(folder: string): string[] {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  const { dependencies, devDependencies } = manifest.parse(JSON.parse(text));
  return Object.keys({ ...dependencies, ...devDependencies });
}
