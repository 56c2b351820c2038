import type { Principal } from '../../identity/index.ts';
import { creatorFor, permit } from '../authorize.ts';
import { RequestError } from '../errors.ts';
import { type WatchPlan, WATCHES } from './watches.ts';

/** One thing that somebody watches. */
export interface Watched {
  readonly watch: string;
  /** Two with one key have one answer, whoever asks. */
  readonly key: string;
  readonly plan: WatchPlan;
}

/**
 * What is to be asked for somebody. Each watch takes those parameters that are its own. Throws ForbiddenError for who may not see it, and
 * RequestError for parameters that do not fit, or that nothing takes.
 */
export function planWatches(
  principal: Principal,
  names: readonly string[],
  given: Readonly<Record<string, unknown>>,
): readonly Watched[] {
  const taken = new Set<string>();
  const planned = names.map((name) => {
    const watch = WATCHES[name];
    if (!watch) throw new RequestError([{ field: 'query.watch', message: `nothing is "${name}"` }]);
    permit(principal, watch.permission);
    const own = Object.entries(given).filter(([field]) => watch.parameters.includes(field));
    for (const [field] of own) taken.add(field);
    const plan = watch.plan(Object.fromEntries(own));
    const creator =
      watch.permission === 'tasks:read' ? creatorFor(principal, watch.permission) : undefined;
    return { watch: name, key: JSON.stringify([name, creator ?? null, plan.asked]), plan };
  });
  const unknown = Object.keys(given).filter((field) => !taken.has(field));
  if (unknown.length === 0) return planned;
  const message = `is no parameter of ${names.join(' or ')}`;
  throw new RequestError(unknown.map((field) => ({ field: `query.${field}`, message })));
}
