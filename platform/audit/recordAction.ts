import { TaskfleetError } from '@taskfleet/toolbox/contract';
import { FleetUnreachableError } from '../errors.ts';
import type { Actor, AuditBegin, AuditEnd } from './auditEntry.ts';
import type { Audit } from './createAudit.ts';

export interface RecordOptions {
  readonly audit: Pick<Audit, 'begin' | 'end'>;
  /** Asked for each action. */
  readonly by: () => Actor;
  /** Told when an outcome could not be written. Default: nobody. */
  readonly onLost?: ((error: unknown) => void) | undefined;
}

export interface Recorded<T> extends Pick<AuditBegin, 'action' | 'target' | 'detail'> {
  readonly run: () => Promise<T>;
  /** What there is to say of what came of it. Default: nothing. */
  readonly tell?: (result: T) => string;
}

/**
 * Does something that is audited. What cannot be written is not done: an action without its record would be the one that somebody wants
 * unseen, and a table that takes no record takes no action either. An outcome that cannot be written changes nothing any more:
 * the entry then stays without one.
 */
export async function recordAction<T>(
  { audit, by, onLost = () => undefined }: RecordOptions,
  { run, tell, ...asked }: Recorded<T>,
): Promise<T> {
  const { name, ...actor } = by();
  const id = await audit.begin({ ...asked, ...actor, by: name });
  const end = async (outcome: Omit<AuditEnd, 'endedAt'>) => audit.end(id, outcome).catch(onLost);
  try {
    const result = await run();
    await end({ outcome: 'done', ...(tell && { result: tell(result) }) });
    return result;
  } catch (error) {
    await end(outcomeOf(error));
    throw error;
  }
}

function outcomeOf(error: unknown): Omit<AuditEnd, 'endedAt'> {
  if (!(error instanceof TaskfleetError)) return { outcome: 'failed' };
  const isUnsure = error instanceof FleetUnreachableError;
  return { outcome: isUnsure ? 'failed' : 'refused', problem: error.code };
}
