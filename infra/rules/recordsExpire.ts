import { TASK_TABLE } from '@taskfleet/toolbox/table';
import { z } from 'zod';
import { FLEET_OUTPUTS } from '../outputs.ts';
import { resourceOf, type Rule } from './rule.ts';

const timeToLive = z.looseObject({ AttributeName: z.string(), Enabled: z.literal(true) });

/** Without it, or by another attribute, records outlive the retention of their tasks for ever, or go too early. */
export const recordsExpire: Rule = (synthesized) => {
  const { id, properties } = resourceOf(synthesized, FLEET_OUTPUTS.table);
  const found = timeToLive.safeParse(properties['TimeToLiveSpecification']).data?.AttributeName;
  if (found === TASK_TABLE.timeToLive) return [];
  return [
    `${id}: expected records to expire by ${TASK_TABLE.timeToLive}, got ${found ?? 'none'}; change its TimeToLiveSpecification`,
  ];
};
