import { LONGEST_HOLD_MS } from '../contract/index.ts';

/** What a holder knows of a lease; milliseconds on its own monotonic clock. */
export interface LeaseTimes {
  readonly receivedAt: number;
  /** The queue hides the message at least until then. */
  readonly endsAt: number;
}

export interface HeartbeatPlan<L extends LeaseTimes> {
  readonly extend: L[];
  readonly lost: L[];
}

/** Whether what the lease protects can go on: it must have stopped before somebody else can receive the message. */
export function isReliable({ endsAt }: LeaseTimes, leaseMs: number, now: number): boolean {
  return endsAt - now > leaseMs / 6;
}

/**
 * Which leases to extend now and which can no longer be relied on. A lease is extended when a third of it has passed, and
 * given up while a sixth is left.
 */
export function planHeartbeat<L extends LeaseTimes>(
  leases: Iterable<L>,
  leaseMs: number,
  now: number,
): HeartbeatPlan<L> {
  const plan: HeartbeatPlan<L> = { extend: [], lost: [] };
  for (const lease of leases) {
    const left = lease.endsAt - now;
    const canExtend = now + leaseMs <= lease.receivedAt + LONGEST_HOLD_MS;
    if (!isReliable(lease, leaseMs, now)) plan.lost.push(lease);
    else if (left <= (leaseMs * 2) / 3 && canExtend) plan.extend.push(lease);
  }
  return plan;
}
