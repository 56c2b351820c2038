import { setTimeout as sleep } from 'node:timers/promises';
import type { LinkFault, LinkFaultKind } from './linkFault.ts';
import { type Answer, throttled } from './throttled.ts';

/** What the client gets. `broken`: its connection, without an answer. */
export type Suffered = Answer | 'broken';

interface Sufferer {
  readonly fault: LinkFault;
  /** Lets the request arrive, as often as it is called. */
  readonly send: () => Promise<Answer>;
  readonly headers: Answer['headers'];
}

const FAULTS = {
  slowRequest: async ({ fault, send }) => {
    await sleep(fault.ms);
    return send();
  },
  slowAnswer: async ({ fault, send }) => {
    const answer = await send();
    await sleep(fault.ms);
    return answer;
  },
  serverError: async ({ fault }) => ({
    status: fault.ms % 2 === 0 ? 500 : 503,
    headers: {},
    body: Buffer.alloc(0),
  }),
  throttle: async ({ headers }) => throttled(headers),
  reset: async () => 'broken',
  lostAnswer: async ({ send }) => {
    await send();
    return 'broken';
  },
  duplicate: async ({ send }) => {
    await send();
    return send();
  },
  lateDuplicate: async ({ fault, send }) => {
    const answer = await send();
    // Nobody waits for the copy's answer.
    setTimeout(() => void send().catch(() => undefined), fault.ms);
    return answer;
  },
  halfOpen: async ({ fault }) => {
    await sleep(fault.ms);
    return 'broken';
  },
} as const satisfies Record<LinkFaultKind, (sufferer: Sufferer) => Promise<Suffered>>;

/** What becomes of a request that suffers this fault. Rejects when the service itself does not answer. */
export async function sufferFault(sufferer: Sufferer): Promise<Suffered> {
  return FAULTS[sufferer.fault.kind](sufferer);
}
