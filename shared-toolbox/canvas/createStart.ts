import {
  type Duration,
  type FieldProblem,
  labelProblem,
  nodeOf,
  type Start,
  type StartOptions,
  type Step,
  toMilliseconds,
  ValidationError,
} from '../contract/index.ts';
import type { Origin } from '../schedule/buildMessage.ts';
import type { SchedulePort } from '../schedule/scheduleVia.ts';
import { compile, type CompileOptions } from './compile.ts';
import { outputOf } from './outputOf.ts';

export interface CreateStartOptions extends CompileOptions {
  readonly port: Pick<SchedulePort, 'start' | 'output'>;
  /** Whose child the flow is. */
  readonly origin: Origin | undefined;
}

/** Makes `start()`: what is checked is checked here, by the definitions that the caller has. */
export function createStart(options: CreateStartOptions): Start {
  const { port, origin } = options;
  const start = async (canvas: Step, asked: StartOptions = {}) => {
    const { creator = origin?.creator, subject, idempotencyKey } = asked;
    const labels = { creator, subject, idempotencyKey };
    checkLabels(labels);
    const id = await port.start({ ...labels, plan: compile(options, canvas, asked), origin });
    return {
      id,
      result: async ({ timeout = '1m' }: { readonly timeout?: Duration } = {}) =>
        outputOf(nodeOf(canvas), (await port.output(id, toMilliseconds(timeout))) ?? null),
    };
  };
  // What the handle gives follows from the canvas, and is checked by the compiler where it is started.
  return start as Start;
}

function checkLabels(labels: Readonly<Record<string, string | undefined>>): void {
  const [first, ...rest] = Object.entries(labels).flatMap<FieldProblem>(([field, text]) =>
    labelProblem(field, text),
  );
  if (first) throw new ValidationError('options', [first, ...rest]);
}
