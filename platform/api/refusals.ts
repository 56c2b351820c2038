import { PROBLEM_TYPE, problemSchema } from './problem.ts';

type Refusal = { readonly content: Record<typeof PROBLEM_TYPE, { schema: typeof problemSchema }> };

/** What a route may be answered besides success: 401, 403 and 429 everywhere, and these. */
export function refusals(...statuses: readonly number[]): Record<number, Refusal> {
  const all = new Set([401, 403, 429, 500, ...statuses]);
  const content = { [PROBLEM_TYPE]: { schema: problemSchema } };
  return Object.fromEntries([...all].map((status) => [status, { content }]));
}
