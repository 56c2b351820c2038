/** How long a child is waited for. It has limits of its own. */
export const CHILD_PATIENCE = '4h';

/** Why a child did not succeed. Throws when it is this attempt that has ended: that is no failure of a child's. */
export function reasonOf(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return error instanceof Error ? error.message : String(error);
}
