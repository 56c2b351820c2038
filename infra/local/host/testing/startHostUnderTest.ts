import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fleet as contracts } from '@taskfleet/fleet';
import type { Availability } from '@taskfleet/toolbox/breaker';
import { systemClock } from '@taskfleet/toolbox/clock';
import { type Artifacts, UnavailableError } from '@taskfleet/toolbox/contract';
import type { Broker } from '../broker.ts';
import type { Letter, PageDeps } from '../hostPage.ts';
import type { LogPage, PlatformApi, ShownTask } from '../platformApi.ts';
import { startHost } from '../startHost.ts';

export interface Scheduled {
  readonly task: string;
  readonly input: unknown;
  readonly options: unknown;
}

/** The host application on a fleet that only notes what is scheduled. */
export async function startHostUnderTest() {
  const folder = mkdtempSync(join(tmpdir(), 'taskfleet-host-'));
  const scheduled: Scheduled[] = [];
  const asked: string[] = [];
  const logged: string[] = [];
  let availability: Availability = { available: true };
  const fleet = {
    availability: () => availability,
    schedule: async (task: { readonly name: string }, input: unknown, options: unknown) => {
      if (!availability.available) {
        throw new UnavailableError(task.name, availability.reason, {
          ...availability,
          cause: undefined,
        });
      }
      scheduled.push({ task: task.name, input, options });
      return { id: `${task.name.split('.')[0]}_${scheduled.length}` };
    },
  } as unknown as PageDeps['fleet'];
  const broker: Broker = { state: () => 'running', ask: (wanted) => asked.push(wanted) };
  const tasks = new Map<string, ShownTask>();
  const letters: Letter[] = [];
  const host = await startHost({
    port: 0,
    contracts,
    fleet,
    platform: platformWith(tasks),
    uploads: {} as Artifacts,
    letters: () => letters,
    folder,
    broker,
    clock: systemClock,
    log: (line) => logged.push(line),
  });
  return {
    address: host.address,
    scheduled,
    asked,
    logged,
    tasks,
    letters,
    setAvailability: (value: Availability) => (availability = value),
    ask: askAt(host.address),
    stop: async () => {
      await host.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** As a page of the host does it, unless other headers are given. */
function askAt(origin: string) {
  return async (path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const change = { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${origin}${path}`, {
      ...(body !== undefined && change),
      headers: { ...(body !== undefined && { origin, ...JSON_BODY }), ...headers },
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
}

const JSON_BODY = { 'content-type': 'application/json' };

function platformWith(tasks: ReadonlyMap<string, ShownTask>): PlatformApi {
  return {
    origin: () => 'http://127.0.0.1:8484',
    tasks: async () => [...tasks.values()],
    task: async (id) => tasks.get(id) ?? { id, state: 'queued' },
    log: async (): Promise<LogPage> => ({ lines: [], cursor: '' }),
    cancelFamily: async () => undefined,
  };
}
