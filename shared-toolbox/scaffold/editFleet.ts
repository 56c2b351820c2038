import { builders, generateCode, parseModule, type ProxifiedModule } from 'magicast';
import { ScaffoldError } from './errors.ts';
import { withImport } from './withImport.ts';
import type { WorkerNames } from './names.ts';

export const FLEET_FILE = 'workers/fleet.ts';

const FORM = `expected ${FLEET_FILE} to have "export const fleet = defineFleet([…])"`;

/** Adds a worker to the fleet. Throws ScaffoldError for a file that is written otherwise. */
export function addToFleet(text: string, worker: WorkerNames): string {
  const file = parseFleet(text);
  const workers = workersIn(file);
  workers.push(builders.raw(worker.constant));
  return withImport(file, worker.constant, contractPath(worker));
}

/** Takes a worker out of the fleet. Throws ScaffoldError for a file that is written otherwise, or that uses more of the worker. */
export function removeFromFleet(text: string, worker: WorkerNames): string {
  const file = parseFleet(text);
  const workers = workersIn(file);
  const from = contractPath(worker);
  const imports = file.imports.$items.filter((item) => item.from === from);
  const contract = imports.find(({ imported }) => imported === worker.constant) ?? imports[0];
  const others = imports.filter((item) => item !== contract).map(({ local }) => local);
  if (others.length > 0) {
    throw new ScaffoldError([
      `${FLEET_FILE} uses ${others.join(' and ')} of ${worker.name} too; take that out first`,
    ]);
  }
  const local = contract?.local;
  const at = workers.findIndex((entry) => nameOf(entry) === local);
  if (local === undefined || at === -1) {
    throw new ScaffoldError([`${FORM} with ${worker.constant} of "${from}"; take it out by hand`]);
  }
  workers.splice(at, 1);
  delete file.imports[local];
  return generateCode(file).code;
}

function contractPath({ name }: WorkerNames): string {
  return `./${name}/contract.ts`;
}

function parseFleet(text: string): ProxifiedModule {
  try {
    return parseModule(text);
  } catch (error) {
    throw new ScaffoldError([`${FLEET_FILE} cannot be read: ${String(error)}`]);
  }
}

/** The list that `defineFleet` is given. */
function workersIn(file: ProxifiedModule): unknown[] {
  const call: unknown = file.exports['fleet'];
  const [list] = isCallOf(call, 'defineFleet') ? call.$args : [];
  if (!Array.isArray(list)) throw new ScaffoldError([`${FORM}; add the worker by hand`]);
  return list;
}

interface Call {
  readonly $callee: string;
  readonly $args: unknown[];
}

export function isCallOf(value: unknown, callee: string): value is Call {
  const call = value as Partial<Call> | undefined;
  return call?.$callee === callee;
}

/** Of an entry that is a plain name. */
function nameOf(entry: unknown): string | undefined {
  const { $ast } = (entry ?? {}) as { readonly $ast?: { readonly name?: string } };
  return $ast?.name;
}
