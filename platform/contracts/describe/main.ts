/**
 * Loads the fleet of a tree and tells its parent of its contracts: in a process of its own, because two versions of the same modules
 * cannot be told apart in one, and because a fleet may print or end whatever it likes.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Fleet } from '@taskfleet/toolbox/contract';
import { describeFleet, type Toolbox } from './describeFleet.ts';

const [file = ''] = process.argv.slice(2);

/** What the fleet is declared in: everything that it loads but packages and toolbox. */
const sources: string[] = [];

function readSources(toolboxFolder: string): void {
  registerHooks({
    load(url, context, next) {
      const isOther = url.startsWith(toolboxFolder) || url.includes('/node_modules/');
      if (url.startsWith('file:') && !isOther)
        sources.push(readFileSync(fileURLToPath(url), 'utf8'));
      return next(url, context);
    },
  });
}

async function describe() {
  const toolboxFile = pathToFileURL(createRequire(file).resolve('@taskfleet/toolbox/contract'));
  readSources(new URL('..', toolboxFile).href);
  const toolbox = (await import(toolboxFile.href)) as Toolbox;
  const loaded = (await import(pathToFileURL(file).href)) as { readonly fleet?: Fleet };
  if (!loaded.fleet) throw new TypeError('expected it to export fleet, made by defineFleet()');
  return describeFleet(loaded.fleet, toolbox, sources.join('\n'));
}

/** Of text that is no TypeScript, Node says in the stack alone where it is. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const [place = ''] = error.stack?.split('\n') ?? [];
  return place.startsWith('file:')
    ? `${fileURLToPath(place.replace(/:\d+$/, ''))}${place.match(/:\d+$/)?.[0]}: ${error.message}`
    : error.message;
}

const said = await describe().then(
  (description) => ({ description }),
  (error: unknown) => ({ error: reasonOf(error) }),
);
process.send?.(said, () => process.exit());
