import type { SideLogLine } from '../fleet/sideLog.ts';
import type { Facts, SeenResult } from './facts.ts';

export const LEASE_MS = 6_000;

/** Two steps of a group, asked for and run as they should be, by process 1 and process 2. For tests, to be damaged. */
export const soundFacts: Facts = {
  leaseMs: LEASE_MS,
  maxAttempts: 3,
  asked: [
    { id: 'first', answer: 'acknowledged', task: 'lab.step', n: 1, group: 'a', sequence: 1 },
    { id: 'second', answer: 'acknowledged', task: 'lab.step', n: 2, group: 'a', sequence: 2 },
  ],
  seen: [
    seen('first', { state: 'running', at: 1_010 }),
    seen('first', { state: 'succeeded', finishedAt: 1_100, at: 1_110 }),
    seen('second', { state: 'succeeded', finishedAt: 1_300, at: 1_310, holder: '2' }),
  ],
  defined: new Set(['first', 'second']),
  queues: [{ queue: 'lab', depth: 0 }],
  deadLetters: [],
  flows: [],
  firings: { everyMs: 2_000, until: 4_000, ran: [{ id: 'tick', at: 4_000 }] },
  derived: [],
  sideLog: [
    line('first', { kind: 'begin', at: 1_000 }),
    line('first', { kind: 'returned', at: 1_099 }),
    line('second', { kind: 'begin', at: 1_200, pid: 2 }),
    line('second', { kind: 'returned', at: 1_299, pid: 2 }),
  ],
  lives: [
    { name: 'worker-1', pid: 1, startedAt: 0, endedAt: 90_000, suspensions: [] },
    { name: 'worker-2', pid: 2, startedAt: 0, endedAt: 90_000, suspensions: [] },
  ],
};

export function seen(id: string, what: Partial<SeenResult>): SeenResult {
  return { id, state: 'running', attempt: 1, token: 1, holder: '1', at: 0, ...what };
}

export function line(id: string, what: Partial<SideLogLine>): SideLogLine {
  const basic = { id, kind: 'begin', attempt: 1, pid: 1, n: 1, at: 0 } as const;
  return { ...basic, monotonic: what.at ?? 0, ...what };
}
