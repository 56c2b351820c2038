import { cachedServices } from '@taskfleet/infra/local';
import { readTemplate, type Template } from '@taskfleet/infra/rules';
import {
  defineFleet,
  defineTask,
  defineWorker,
  type Fleet,
  type Worker,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { openRehearsal, type Rehearsal } from './rehearsal/rehearsal.ts';
import type { Sample } from './rehearsal/samples.ts';

export interface SubjectOptions {
  /** By task name. */
  readonly samples: Readonly<Record<string, Sample>>;
  /** Workers whose tasks the handlers schedule. */
  readonly declared?: readonly Worker[];
  /** Paths of fields that are no secrets in spite of their names. */
  readonly notSecret: readonly string[];
  /** For which a sample may take. */
  readonly timeoutMs: number;
  /** For which a handler may go on after its signal has aborted. */
  readonly graceMs: number;
}

/** What rules look at. */
export interface Subject extends Omit<SubjectOptions, 'samples'> {
  readonly implementation: WorkerImplementation;
  /** The worker, and another beside it. */
  readonly fleet: Fleet;
  /** As a deployment of that fleet would have it, with its services. */
  readonly template: () => Promise<Template>;
  /** Booted when it is asked for, and then the same for all. */
  readonly rehearsal: () => Promise<Rehearsal>;
  /** Ends the rehearsal, if there was one. */
  readonly close: () => Promise<void>;
}

export function createSubject(
  implementation: WorkerImplementation,
  options: SubjectOptions,
): Subject {
  const { worker } = implementation;
  const fleet = defineFleet([worker, neighbourOf(worker)]);
  let template: Promise<Template> | undefined;
  let rehearsal: Promise<Rehearsal> | undefined;
  return {
    ...options,
    implementation,
    fleet,
    template: async () => (template ??= synthesize(fleet)),
    rehearsal: async () => (rehearsal ??= openRehearsal(implementation, options)),
    close: async () => (await rehearsal?.catch(() => undefined))?.stop(),
  };
}

async function synthesize(fleet: Fleet): Promise<Template> {
  return readTemplate((await cachedServices(fleet)).template);
}

/** Whose tasks and records are none of the worker's business. */
function neighbourOf({ name }: Worker): Worker {
  const [first, other] = ['neighbour', 'stranger'] as const;
  const task = { input: z.object({}), output: z.void() };
  if (name === first) return defineWorker(other, { tasks: [defineTask(`${other}.live`, task)] });
  return defineWorker(first, { tasks: [defineTask(`${first}.live`, task)] });
}
