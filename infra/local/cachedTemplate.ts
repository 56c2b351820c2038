import { createHash } from 'node:crypto';
import { globSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fleet } from '@taskfleet/toolbox/contract';
import type { SynthesizedStack } from './synthesize.ts';

const root = join(import.meta.dirname, '..', '..');

/** All that a template is made from beside the fleet; the CDK's version is pinned in a package.json. */
const SOURCES = ['{infra,shared-toolbox}/**/*.ts', '{infra,shared-toolbox}/package.json'];

const FOLDER = join(root, 'node_modules', '.cache', 'taskfleet', 'templates');

/**
 * The fleet's template, for stage `local`, as it was synthesized before from the same contracts by the same code; else it is
 * synthesized and kept. For tests, where the seconds that the CDK takes would be most of the time.
 */
export async function cachedTemplate(fleet: Fleet): Promise<SynthesizedStack> {
  return cached('queues', fleet);
}

/** The same with the services of the stage, and checked by nobody: for whoever looks for what is wrong. */
export async function cachedServices(fleet: Fleet): Promise<SynthesizedStack> {
  return cached('services', fleet);
}

type Extent = 'queues' | 'services';

async function cached(extent: Extent, fleet: Fleet): Promise<SynthesizedStack> {
  const file = join(FOLDER, `${digestOf(extent, fleet)}.json`);
  const kept = read(file);
  if (kept) return kept;
  // The CDK alone takes a second to load.
  const { synthesize, synthesizeServices } = await import('./synthesize.ts');
  const stack = await (extent === 'queues' ? synthesize : synthesizeServices)(fleet);
  keep(file, stack);
  return stack;
}

function digestOf(extent: Extent, { workers, periodic }: Fleet): string {
  const hash = createHash('sha256').update(describe([extent, workers, [...periodic]]));
  const exclude = ['**/node_modules/**', '**/*.test.ts'];
  for (const name of globSync(SOURCES, { cwd: root, exclude }).toSorted()) {
    hash.update(name).update(readFileSync(join(root, name)));
  }
  return hash.digest('hex');
}

/** Contracts as text. What schemas say has no part in a stack; functions count as the text that they are written as. */
function describe(contracts: unknown): string {
  return JSON.stringify(contracts, (_key, value: unknown) => {
    if (typeof value === 'function') return String(value);
    return typeof value === 'object' && value !== null && '_zod' in value ? 'schema' : value;
  });
}

function read(file: string): SynthesizedStack | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SynthesizedStack;
  } catch {
    return undefined;
  }
}

/** Written aside and renamed: a reader sees a whole template or none. A folder that cannot be written to costs time only. */
function keep(file: string, stack: SynthesizedStack): void {
  try {
    mkdirSync(FOLDER, { recursive: true });
    const aside = `${file}.${process.pid}`;
    writeFileSync(aside, JSON.stringify(stack));
    renameSync(aside, file);
  } catch {
    // Kept nowhere, it is synthesized again the next time.
  }
}
