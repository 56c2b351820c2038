import { createHash } from 'node:crypto';
import type { TaskContext } from '@taskfleet/toolbox/contract';
import { sendEmail } from '@taskfleet/worker-email/contract';
import { newDuties } from '../index/newDuties.ts';
import type { LayerContents } from '../index/layerIndex.ts';
import { indexName, type Place } from '../index/storedIndex.ts';
import { type Maintainer, WHOLE_LAYER } from '../parse/maintainers.ts';

export interface News {
  readonly place: Place;
  readonly revision: string;
  readonly before: Pick<LayerContents, 'maintainers'> | undefined;
  readonly now: Pick<LayerContents, 'maintainers'>;
}

/** A list of maintainers that is larger was not written for this index. */
const MOST_MAILS = 100;
const MOST_RECIPES = 50;

/**
 * Has everybody written to who looks after something new. Before the index is stored: an attempt that dies in between leaves the news to the
 * next one, and the same news of a revision is sent once.
 */
export async function tellMaintainers(
  { place, revision, before, now }: News,
  { schedule, log }: TaskContext,
): Promise<void> {
  const duties = newDuties(before?.maintainers ?? [], now.maintainers);
  for (const { email, of } of duties.slice(0, MOST_MAILS)) {
    const idempotencyKey = digestOf([indexName(place), revision, email]);
    const mail = {
      to: [email],
      subject: 'You are named as a maintainer',
      text: textFor(place, of),
    };
    await schedule(sendEmail, mail, { idempotencyKey, durable: true });
  }
  const left = Math.max(0, duties.length - MOST_MAILS);
  if (duties.length > 0) log.info('layers.told', { maintainers: duties.length - left, left });
}

function textFor({ url, branch, subdir }: Place, of: Maintainer['of']): string {
  const where = `${url}, branch ${branch}${subdir === undefined ? '' : `, folder ${subdir}`}`;
  const recipes = of.filter((one) => one !== WHOLE_LAYER);
  const lines = [
    `The layer at ${where} names you`,
    ...(of.includes(WHOLE_LAYER) ? ['- as a maintainer of the layer'] : []),
    ...recipes.slice(0, MOST_RECIPES).map((recipe) => `- as the maintainer of ${recipe}`),
    ...(recipes.length > MOST_RECIPES ? [`- and of ${recipes.length - MOST_RECIPES} more`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

function digestOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
