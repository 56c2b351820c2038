import type { Clock } from '@taskfleet/toolbox/clock';
import { isTaskId } from '@taskfleet/toolbox/contract';
import { z } from 'zod';
import {
  letterSchema,
  lettersSchema,
  purgedSchema,
  redrivenSchema,
} from '../api/schemas/letter.ts';
import { checkLimit } from '../checkLimit.ts';
import {
  type DeadLetter,
  type DeadLetterPage,
  type DeadLetters,
  LARGEST_PAGE,
  type Redriven,
} from '../deadLetters/index.ts';
import { NoLetterError } from '../errors.ts';
import type { ApiClient } from './apiClient.ts';

const detailAnswer = z.object({ letter: letterSchema, body: z.string().optional() });

const LOOK_EVERY_MS = 1_000;

type LettersClock = Pick<Clock, 'monotonic' | 'sleep'>;

/** Dead letters over the API. */
export function remoteLetters(client: ApiClient, clock: LettersClock): DeadLetters {
  return { ...reading(client), ...redriving(client, clock), ...purging(client) };
}

/** The ids in the API's answers are tasks' own: its schemas say only that they are texts. */
function reading(client: ApiClient): Pick<DeadLetters, 'list' | 'get'> {
  return {
    list: async (query) => {
      checkLimit(query.limit, LARGEST_PAGE);
      const request = { path: '/api/dead-letters', query: { ...query }, schema: lettersSchema };
      return (await client.ask({ ...request, action: 'list dead letters' })) as DeadLetterPage;
    },
    get: async (id) => {
      const request = { path: pathOf(id), schema: detailAnswer, action: 'read the dead letter' };
      const { letter, body } = await client.ask(request);
      return { letter: letter as DeadLetter, body };
    },
  };
}

function redriving(
  client: ApiClient,
  clock: LettersClock,
): Pick<DeadLetters, 'redrive' | 'redriveAll'> {
  const ask = async (path: string, body: object) => {
    const request = { method: 'POST', path, body, schema: redrivenSchema } as const;
    return (await client.ask({ ...request, action: 'redrive dead letters' })) as Redriven;
  };
  return {
    redrive: async (id, { timeoutMs }) => {
      const endsAt = clock.monotonic() + timeoutMs;
      const asked = await ask(`${pathOf(id)}/redrive`, {});
      // The API waits for some seconds only; the wish stays.
      let isBack = asked.pending.length === 0;
      while (!isBack && clock.monotonic() < endsAt) {
        await clock.sleep(LOOK_EVERY_MS);
        isBack = (await reading(client).get(id)).letter.state === 'redriven';
      }
      return isBack ? { redriven: asked.redriven.concat(asked.pending), pending: [] } : asked;
    },
    redriveAll: async (service) => ask('/api/dead-letters/redrive', { service }),
  };
}

function purging(client: ApiClient): Pick<DeadLetters, 'purge' | 'purgeAll'> {
  const ask = async (path: string, body: object) => {
    const request = { method: 'POST', path, body, schema: purgedSchema } as const;
    return (await client.ask({ ...request, action: 'purge dead letters' })).purged;
  };
  return {
    purge: async (id) => {
      await ask(`${pathOf(id)}/purge`, {});
    },
    purgeAll: async (service) => ask('/api/dead-letters/purge', { service }),
  };
}

/** A path that others mean must not come of what is no id. */
function pathOf(id: string): string {
  if (!isTaskId(id)) throw new NoLetterError(id);
  return `/api/dead-letters/${id}`;
}
