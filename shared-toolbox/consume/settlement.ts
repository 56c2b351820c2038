/**
 * What becomes of a message once it has been looked at: `delete` it is done with; `hide` it comes back after the seconds;
 * `return` it comes back at once; `deadLetter` it can never be handled, for this reason; `leave` the queue brings it back
 * when its lease ends, because it is no longer ours to touch.
 */
export type Settlement =
  | { readonly kind: 'delete' }
  | { readonly kind: 'hide'; readonly seconds: number }
  | { readonly kind: 'return' }
  | { readonly kind: 'deadLetter'; readonly reason: string }
  | { readonly kind: 'leave' };

/** Whether the next message of the group may be handled: only when this one will not come back before it. */
export function groupGoesOn({ kind }: Settlement): boolean {
  return kind === 'delete' || kind === 'deadLetter';
}
