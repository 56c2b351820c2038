import {
  builders,
  generateCode,
  parseExpression,
  parseModule,
  type ProxifiedModule,
} from 'magicast';
import { nearestName, type Worker } from '../contract/index.ts';
import { ScaffoldError } from './errors.ts';
import { checkTask } from './checkNames.ts';
import { isCallOf } from './editFleet.ts';
import { withImport } from './withImport.ts';
import { taskNames, type TaskNames, workerNames } from './names.ts';
import type { Edit, Plan, ReadText } from './plan.ts';
import type { Project } from './planWorker.ts';
import { readRequired } from './projectFiles.ts';
import { taskDeclaration } from './templates/contractFile.ts';
import { handlerFile, SAMPLE_INPUT } from './templates/handlerFile.ts';

/**
 * One more task of a worker, `worker.action`: its declaration in the contract, a handler, and an input for the conformance suite. Throws
 * ScaffoldError for a name that cannot be or is taken, and for files that are written in another way. Pure but for reading.
 */
export function planTask({ fleet, read }: Project, name: string): Plan {
  const worker = findWorker(fleet.workers, name);
  checkTask(worker, name);
  const { folder, constant } = workerNames(worker.name);
  const task = taskNames(name);
  const edit = (file: string, change: Change) => editOf(read, `${folder}/${file}`, change);
  return {
    creates: [{ path: `${folder}/${task.handlerFile}`, text: handlerFile(task) }],
    edits: [
      edit('contract.ts', (contract) => declare(contract, constant, task)),
      edit('implementation.ts', (code) => handle(code, constant, task)),
      edit('conformance.test.ts', (code) => sample(code, task)),
    ],
  };
}

function findWorker(workers: readonly Worker[], task: string): Worker {
  const [name = ''] = task.split('.');
  const worker = workers.find((other) => other.name === name);
  if (worker && task.includes('.')) return worker;
  const names = workers.map((other) => other.name);
  const nearest = nearestName(name, names);
  if (worker) throw new ScaffoldError([`expected <worker>.<action>, got "${task}"`], `${name}.run`);
  throw new ScaffoldError([
    `there is no worker "${name}"; ${
      nearest === undefined
        ? `make it with taskfleet new worker ${name}`
        : `did you mean "${nearest}"?`
    }`,
  ]);
}

/** Returns the new code. */
type Change = (module: ProxifiedModule) => string;

function editOf(read: ReadText, path: string, change: Change): Edit {
  const before = readRequired(read, path);
  try {
    const module = parseModule(before);
    return { path, before, after: change(module) };
  } catch (error) {
    if (error instanceof FormError) {
      throw new ScaffoldError([`expected ${path} to have ${error.message}; add the task by hand`]);
    }
    if (error instanceof SyntaxError) {
      throw new ScaffoldError([`${path} cannot be read: ${error.message}`]);
    }
    throw error;
  }
}

/** The code is not as `new worker` writes it. */
class FormError extends Error {}

/** Before the worker, and in its list. */
function declare(contract: ProxifiedModule, worker: string, task: TaskNames): string {
  const call: unknown = contract.exports[worker];
  const options = isCallOf(call, 'defineWorker') ? (call.$args[1] as { tasks?: unknown }) : {};
  const { tasks } = options;
  if (!Array.isArray(tasks))
    throw new FormError(`"export const ${worker} = defineWorker(…, { tasks: […] })"`);
  tasks.push(builders.raw(task.constant));
  const declared = parseModule(taskDeclaration(task)).$ast as unknown as Program;
  const { body } = contract.$ast as unknown as Program;
  const at = body.findIndex(({ declaration }) =>
    declaration?.declarations?.some(({ id }) => id.name === worker),
  );
  body.splice(at, 0, ...declared.body);
  return generateCode(contract).code;
}

/** So much of Babel's syntax tree as is used here. */
interface Program {
  readonly body: {
    readonly declaration?: {
      readonly declarations?: readonly { readonly id: { readonly name?: string } }[];
    };
  }[];
}

function handle(code: ProxifiedModule, worker: string, task: TaskNames): string {
  const joined = Object.values<unknown>(code.exports).find((value) => isCallOf(value, 'implement'));
  const handlers = isCallOf(joined, 'implement') ? joined.$args[1] : undefined;
  if (!isRecord(handlers)) throw new FormError(`"implement(${worker}, { … })"`);
  handlers[task.name] = builders.raw(task.constant);
  return withImport(code, task.constant, `./${task.handlerFile}`);
}

/** An input for the suite, where the worker has it. */
function sample(code: ProxifiedModule, { name }: TaskNames): string {
  const { body } = code.$ast as unknown as { readonly body: readonly Statement[] };
  const calls = body.flatMap(({ expression }) =>
    expression?.callee?.name === 'testConformance' ? [expression] : [],
  );
  const options = calls[0]?.arguments?.[1]?.properties ?? [];
  const samples = options.find(({ key }) => key.name === 'samples')?.value?.properties;
  if (!samples) throw new FormError('"testConformance(…, { samples: { … } })"');
  const added = parseExpression<object>(`{ '${name}': ${SAMPLE_INPUT} }`);
  samples.push(...((added.$ast as ObjectLiteral).properties ?? []));
  return generateCode(code).code;
}

interface ObjectLiteral {
  readonly properties?: {
    readonly key: { readonly name?: string };
    readonly value?: ObjectLiteral;
  }[];
}

interface Statement {
  readonly expression?: {
    readonly callee?: { readonly name?: string };
    readonly arguments?: readonly ObjectLiteral[];
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
