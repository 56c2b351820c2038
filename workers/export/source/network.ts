import { setTimeout } from 'node:timers/promises';
import type { Network } from './request.ts';

/** The network as it is. */
export const network: Network = {
  fetch,
  pause: async (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
};
