import type { Clock } from '@taskfleet/toolbox/clock';
import type { Environment } from '@taskfleet/toolbox/config';
import { type FleetAccess, openFleet } from '../access/index.ts';
import { auditedAccess } from '../audit/index.ts';

/** Access for somebody at a command line, who is written down with what they change. `user` is their account on this machine. */
export async function openAuditedFleet(
  environment: Environment,
  clock: Clock,
  user: string,
): Promise<FleetAccess> {
  const access = openFleet(environment, clock);
  const accessKeyId = await access.accessKeyId();
  const actor = {
    name: user,
    kind: 'cli',
    ...(accessKeyId !== undefined && { accessKeyId }),
  } as const;
  return auditedAccess(access, { by: () => actor });
}
