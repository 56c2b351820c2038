import type { SeededRandom } from '../seededRandom.ts';

/** What may happen to one request between a client and its service. */
export const LINK_FAULTS = [
  /** It takes its time to arrive. */
  'slowRequest',
  /** The answer takes its time. */
  'slowAnswer',
  /** 500 or 503, and no effect. */
  'serverError',
  /** Refused as AWS phrases it for the protocol, and no effect. */
  'throttle',
  /** The connection breaks before it arrives. */
  'reset',
  /** It has its effect, and the connection breaks before the answer. */
  'lostAnswer',
  /** It arrives twice, one after the other; the answer is the second's. */
  'duplicate',
  /** It arrives once more, after it has been answered. */
  'lateDuplicate',
  /** It is accepted and never answered, until the connection breaks. */
  'halfOpen',
] as const;

export type LinkFaultKind = (typeof LINK_FAULTS)[number];

/** A fault of a link for a while. */
export interface LinkFault {
  readonly kind: LinkFaultKind;
  /** How many of the requests suffer, from 0 to 1. */
  readonly rate: number;
  /** How long what is slow takes, and what is half open stays so. */
  readonly ms: number;
}

/** Which of the faults at work this request suffers, if any. */
export function chooseFault(
  atWork: Iterable<LinkFault>,
  random: SeededRandom,
): LinkFault | undefined {
  for (const fault of atWork) if (random.chance(fault.rate)) return fault;
  return undefined;
}
