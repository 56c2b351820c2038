import type { LocalStack } from '@taskfleet/infra/local';
import { accessTo } from '@taskfleet/platform/access';
import { startApi } from '@taskfleet/platform/api';
import { identifyLocal } from '@taskfleet/platform/identity';
import { createOwnMetrics } from '@taskfleet/platform/metrics';
import { systemClock } from '@taskfleet/toolbox/clock';
import { LOCAL_STAGE } from '@taskfleet/toolbox/config';
import { clientsOf, quiet, resourcesOf } from '../fixtures/startParts.ts';
import { sumFleet } from '../fixtures/sumFleet.ts';
import { FILLED_MS, fillTable, idOf } from './fillTable.ts';

export interface ListRunOptions {
  readonly stack: Pick<LocalStack, 'endpoints' | 'outputs'>;
  readonly tasks: number;
  /** Each list is asked for so often. */
  readonly times: number;
  readonly tell: (text: string) => void;
}

/** What one list took. */
export interface Asked {
  readonly list: string;
  /** Tasks of the page. */
  readonly found: number;
  /** Milliseconds from the request to the whole answer, of each time. */
  readonly ms: readonly number[];
}

/** Fills the table, and asks the API for each kind of list, one request after the other. */
export async function listRun({ stack, tasks, times, tell }: ListRunOptions): Promise<Asked[]> {
  const clients = clientsOf(stack);
  const resources = resourcesOf(stack);
  const table = { dynamodb: clients.dynamodb, tableName: resources.tableName };
  const now = systemClock.now();
  await fillTable({ table, tasks, now, tell });
  const config = { stage: LOCAL_STAGE, ...resources };
  const queues = () => new Map();
  const access = accessTo({ config, clients, queues, clock: systemClock });
  const metrics = createOwnMetrics();
  const common = { fleet: sumFleet, access, clock: systemClock, log: quiet, metrics };
  const own = { identity: { kind: 'open' as const }, identify: identifyLocal };
  const listening = { host: '127.0.0.1', port: 0, proxies: 0 };
  const api = await startApi({ ...common, ...own, limits: { principal: 1_000_000 } }, listening);
  try {
    const asked: Asked[] = [];
    for (const [list, query] of Object.entries(listsOf(tasks, now))) {
      asked.push({ list, ...(await ask(`${api.address}${query}`, times)) });
    }
    return asked;
  } finally {
    await api.stop();
    access.close();
  }
}

/** Queries of each kind of list. The middle of the table is as many tasks away from its ends as can be. */
function listsOf(tasks: number, now: number): Readonly<Record<string, string>> {
  const middle = now - FILLED_MS / 2;
  return {
    'the newest 50': '/api/tasks',
    'the newest 500': '/api/tasks?limit=500',
    '50 in the middle of the time': `/api/tasks?to=${middle}`,
    '50 that failed': '/api/tasks?state=failed',
    'of a subject with many tasks': '/api/tasks?subject=project:7',
    'of a subject with few': '/api/tasks?subject=project:rare',
    'of a creator who made one in seven': '/api/tasks?creator=user-3',
    'of a creator who made one in a thousand': '/api/tasks?creator=rare',
    'that run, one in 20,000': '/api/tasks?state=running',
    'one task': `/api/tasks/${idOf(Math.floor(tasks / 2))}`,
  };
}

async function ask(url: string, times: number): Promise<Omit<Asked, 'list'>> {
  const ms: number[] = [];
  let found = 0;
  for (let time = 0; time < times; time += 1) {
    const startedAt = systemClock.monotonic();
    const response = await fetch(url);
    const body = (await response.json()) as { readonly tasks?: readonly unknown[] };
    ms.push(systemClock.monotonic() - startedAt);
    if (response.status !== 200) throw new Error(`GET ${url} answered ${response.status}`);
    found = body.tasks?.length ?? 1;
  }
  return { found, ms };
}
