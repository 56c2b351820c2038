import { offloadDays, offloadPrefix } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import { FLEET_OUTPUTS } from '../outputs.ts';
import { resourceOf, type Rule } from './rule.ts';

const lifecycle = z.looseObject({
  Rules: z.array(
    z.looseObject({
      Status: z.string(),
      Prefix: z.string().default(''),
      ExpirationInDays: z.number().optional(),
    }),
  ),
});

/** Of several rules S3 takes the earliest end: a new one, for the whole bucket say, could take inputs from tasks that still wait. */
export const largeValuesOutliveTheirTasks: Rule = (synthesized) => {
  const { id, properties } = resourceOf(synthesized, FLEET_OUTPUTS.bucket);
  const rules = lifecycle.safeParse(properties['LifecycleConfiguration']).data?.Rules ?? [];
  const counts = new Set(synthesized.fleet.workers.flatMap(({ tasks }) => tasks.map(offloadDays)));
  return [...counts].flatMap((days) => {
    const prefix = offloadPrefix(days);
    const ends = rules
      .filter(({ Status, Prefix }) => Status === 'Enabled' && prefix.startsWith(Prefix))
      .flatMap(({ ExpirationInDays }) => ExpirationInDays ?? []);
    const end = Math.min(...ends);
    if (end === days) return [];
    return [
      `${id}: expected what begins with ${prefix} to expire after ${days} days, as the retention of its tasks says, ` +
        `got ${end === Infinity ? 'never' : end}; change the LifecycleConfiguration, or the retention`,
    ];
  });
};
