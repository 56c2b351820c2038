import type { Wire } from './wire.ts';

/** Returns what answers all receives with nothing from then on, those under way too: a fleet that stops waits for no poll. */
export function endPolls(wire: Wire): () => void {
  const ended = Promise.withResolvers<object>();
  wire.intercept(async ({ operation }, pass) => {
    if (operation !== 'ReceiveMessage') return pass();
    const answer = pass();
    answer.catch(() => undefined);
    return Promise.race([ended.promise, answer]);
  });
  return () => ended.resolve({});
}
