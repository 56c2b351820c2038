import { type Json, type Parsed, ValidationError } from '../contract/index.ts';
import type { PlanFeed } from './plan.ts';

/** A leaf's input, once the step before has returned. The compiler sees to it that both fit; a value from elsewhere may not. Pure. */
export function inputOf(feed: PlanFeed, before: Json): Parsed<Json, ValidationError> {
  switch (feed.kind) {
    case 'own':
      return { ok: true, value: feed.input };
    case 'whole':
      return { ok: true, value: before };
    case 'field':
      return { ok: true, value: { ...feed.fixed, [feed.field]: before } };
    case 'merged': {
      if (typeof before === 'object' && before !== null && !Array.isArray(before)) {
        return { ok: true, value: { ...before, ...feed.fixed } };
      }
      const message = `expected an object to put ${Object.keys(feed.fixed).join(', ')} over, got ${kindOf(before)}`;
      const error = new ValidationError('output of the step before', [
        { field: '(root)', message },
      ]);
      return { ok: false, error };
    }
  }
}

function kindOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** Whether the input cannot be known before the step before has ended. */
export function needsBefore({ kind }: Pick<PlanFeed, 'kind'>): boolean {
  return kind !== 'own';
}
