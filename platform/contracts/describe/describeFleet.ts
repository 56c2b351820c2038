import type { AnyTask, Fleet, Worker } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import {
  type FleetDescription,
  OPAQUE,
  type Options,
  type TaskDescription,
} from '../diff/index.ts';
import { type JsonSchema, jsonSchemaOf, type Marks } from '../inputSchema.ts';
import { digest, opaqueRules } from './opaqueRules.ts';

/** What a fleet is described with: its own toolbox, which may be of a version before some of this. */
export interface Toolbox extends Partial<Marks> {
  /** Without it, workers have one queue. */
  readonly queuesOf?: (worker: Worker) => readonly { readonly name: string }[];
}

/** The contracts as plain data. `sources` is the text of all files that declare them. */
export function describeFleet(
  { workers }: Pick<Fleet, 'workers'>,
  toolbox: Toolbox,
  sources: string,
): FleetDescription {
  const wire = wireSchema(toolbox, sources);
  return {
    workers: workers.map((worker) => ({
      name: worker.name,
      options: plain(workerOptions(worker, toolbox)),
      tasks: worker.tasks.map((task) => describeTask(task, wire)),
    })),
  };
}

type Wire = (schema: z.core.$ZodType) => JsonSchema;

/** What a message or record carries of a schema: JSON before defaults and transforms. */
function wireSchema(toolbox: Toolbox, sources: string): Wire {
  const { artifactRef = z.never(), isSecret = () => false } = toolbox;
  const describe: Wire = (outer) =>
    jsonSchemaOf(outer, 'input', { artifactRef, isSecret }, (schema, jsonSchema) => {
      const { type } = schema._zod.def as { readonly type: string };
      // JSON has no undefined: what returns nothing is null in a record.
      if (type === 'void' || type === 'undefined') Object.assign(jsonSchema, { type: 'null' });
      // The toolbox's own type is known by its name.
      const isArtifact = schema === artifactRef;
      const own = isArtifact ? [] : opaqueRules({ schema, describe, sources });
      const all = [...((jsonSchema[OPAQUE] ?? []) as string[]), ...own];
      if (all.length > 0) Object.assign(jsonSchema, { [OPAQUE]: [...new Set(all)] });
    });
  return describe;
}

function describeTask(task: AnyTask, wire: Wire): TaskDescription {
  return {
    name: task.name,
    input: wire(task.input),
    output: wire(task.output),
    options: plain(taskOptions(task)),
  };
}

/** What a task has beside what is told of it otherwise. */
function taskOptions(task: AnyTask): Record<string, unknown> {
  const { name: _name, worker: _worker, input: _input, output: _output, ...rest } = task;
  const { retry, concurrency, ...options } = rest;
  return { ...options, ...under('retry', retry), ...under('concurrency', concurrency) };
}

function workerOptions(worker: Worker, { queuesOf }: Toolbox): Record<string, unknown> {
  const { name: _name, tasks: _tasks, ping: _ping, priorities: _priorities, ...rest } = worker;
  const { compute, pool, ...options } = rest;
  const queues = queuesOf?.(worker).map(({ name }) => name) ?? [worker.name];
  return { ...options, queues, ...under('compute', compute), ...under('pool', pool) };
}

/** Options of an option, by their full names. */
function under(name: string, options: object = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([inner, value]) => [`${name}.${inner}`, value]),
  );
}

/** As JSON carries it; functions by the digest of their text, and nothing of what is not there. */
function plain(values: Record<string, unknown>): Options {
  const text = JSON.stringify(values, (_key, value: unknown) =>
    typeof value === 'function' ? digest(String(value)) : value,
  );
  return JSON.parse(text) as Options;
}
