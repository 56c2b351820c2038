import { request } from '../../api/request.ts';

/** A new task after the example of one that has ended. Resolves to its id. Throws ProblemError. */
export async function retryTask(
  id: string,
  again: { readonly input?: unknown; readonly options?: unknown } = {},
): Promise<string> {
  const made = await request<{ readonly id: string }>(
    'POST',
    `/api/tasks/${encodeURIComponent(id)}/retry`,
    again,
  );
  return made.id;
}
