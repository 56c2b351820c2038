import { z } from 'zod';
import {
  type AnyTask,
  type CanvasNode,
  eachTask,
  findTask,
  holdsSecret,
  type Json,
  type StepOptions,
} from '../contract/index.ts';
import { buildMessage } from '../schedule/buildMessage.ts';
import type { CompileOptions } from './compile.ts';
import type { PlanFeed, PlanLeaf } from './plan.ts';

export type CanvasLeaf = Extract<CanvasNode, { readonly kind: 'leaf' }>;

/** A leaf as the table keeps it, checked as a call of `schedule()` is. Throws ValidationError, UnknownTaskError and TypeError. */
export function compileLeaf(
  { clock, lanes, fleet }: CompileOptions,
  { task, feed, each, options }: CanvasLeaf,
): PlanLeaf {
  if (!isTask(task)) throw new TypeError('expected a task, as defineTask makes it');
  if (fleet) findTask(fleet, task.name);
  const isKnown = feed.kind === 'own';
  checkKeys(task, { isOfInput: isKnown && !each, options });
  const asked = each ? eachTask(task) : task;
  const checked = isKnown
    ? asked
    : { ...asked, input: z.json(), group: undefined, concurrency: undefined };
  const input = isKnown ? feed.input : null;
  const message = buildMessage({ task: checked, input, options, origin: undefined, clock, lanes });
  const { group, lane, limits, creator, subject, ignoreResult } = message;
  return withoutUndefined({
    kind: 'leaf',
    task: task.name,
    retentionMs: task.retentionMs,
    feed: planFeed(feed, message.input ?? null),
    each: each || undefined,
    group,
    lane,
    creator,
    subject,
    ignoreResult,
    secret: knowsSecrets(feed, task) || undefined,
    limits,
    ...timesOf(options),
  });
}

/** Whether what is known of its input may hold secrets. */
function knowsSecrets({ kind }: CanvasLeaf['feed'], { input }: AnyTask): boolean {
  return kind !== 'whole' && holdsSecret(input);
}

/** Who publishes the task later may not have its contract, which makes keys of the input. Throws TypeError. */
function checkKeys(
  { name, group, concurrency, unique }: AnyTask,
  { isOfInput, options }: { readonly isOfInput: boolean; readonly options: StepOptions },
): void {
  const later = `makes its key of an input that is not known yet, or is a list`;
  if (unique) throw new TypeError(`expected a task without unique, which ${name} has`);
  if (isOfInput) return;
  if (concurrency)
    throw new TypeError(`expected signature(), because ${name}'s concurrency ${later}`);
  if (group && options.group === undefined) {
    throw new TypeError(`expected options.group, because ${name}'s group ${later}`);
  }
}

function timesOf({ delay, eta, expires }: StepOptions) {
  return {
    delay,
    eta: eta?.getTime(),
    expires: expires instanceof Date ? expires.getTime() : expires,
  };
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** Ten thousand of them are kept as JSON, and compared with what is read from it. */
function withoutUndefined<T extends object>(leaf: T): Present<T> {
  return Object.fromEntries(
    Object.entries(leaf).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}

function planFeed(feed: CanvasLeaf['feed'], input: Json): PlanFeed {
  switch (feed.kind) {
    case 'own':
      return { kind: 'own', input };
    case 'whole':
      return feed;
    case 'merged':
      return { kind: 'merged', fixed: asJson(feed.fixed) };
    case 'field':
      return { ...feed, fixed: asJson(feed.fixed) };
  }
}

/** Fixed fields as JSON carries them, as an own input is. */
function asJson(fixed: object): Record<string, Json> {
  return JSON.parse(JSON.stringify(fixed)) as Record<string, Json>;
}

function isTask(task: unknown): task is AnyTask {
  return typeof task === 'object' && task !== null && 'name' in task && 'retentionMs' in task;
}
