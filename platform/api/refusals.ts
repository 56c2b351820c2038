import { PROBLEM_TYPE, problemSchema } from './problem.ts';

type Refusal = { readonly content: Record<typeof PROBLEM_TYPE, { schema: typeof problemSchema }> };

/** What a route may be answered besides success: everywhere that it cannot be read, nor granted to this sender or so often, or that we have failed; and these. */
export function refusals(...statuses: readonly number[]): Record<number, Refusal> {
  const all = new Set([400, 401, 403, 429, 500, ...statuses]);
  const content = { [PROBLEM_TYPE]: { schema: problemSchema } };
  return Object.fromEntries([...all].map((status) => [status, { content }]));
}
