import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { provisionFleet } from '@taskfleet/infra/local';
import { cancelFlow, cancelTask } from '@taskfleet/platform/cancel';
import { systemClock } from '@taskfleet/toolbox/clock';
import { isFlowId, type Schedule, type Start, type TaskId } from '@taskfleet/toolbox/contract';
import { clientsOf, resourcesOf, schedulerOn, serviceQueues } from '../fixtures/startParts.ts';
import { deliverAgain } from './deliverAgain.ts';
import { type ClientLinks, openClientLinks } from './faults/clientLinks.ts';
import type { BrokenGuard } from './fleet/breakGuard.ts';
import { labFleet } from './fleet/labFleet.ts';
import { type Observer, openObserver } from './observe/openObserver.ts';
import { fillCompileCache } from './processes/compileCache.ts';
import { LabProcess } from './processes/labProcess.ts';
import { processSpec } from './processes/processSpec.ts';
import { type EmulatorName, startEmulators } from './processes/startEmulators.ts';

/** Which processes there are, and how they are run. */
export interface LabShape {
  /** Names of the workers' processes. */
  readonly workers: readonly string[];
  /** Names of the platform's replicas. */
  readonly platforms: readonly string[];
  /** Whether every process has links of its own, which can be faulty; else it reaches the emulators straight. */
  readonly isLinked: boolean;
  /** Of every process, when it is told to stop. */
  readonly graceSeconds: number;
  /** When a process that was told to stop is late. */
  readonly downWithinMs: number;
}

export interface LabOptions extends LabShape {
  readonly folder: string;
  readonly seed: string;
  readonly brokenGuard?: BrokenGuard | undefined;
}

/** Everything that runs. */
export interface Lab extends AsyncDisposable {
  /** Schedules through links of its own, if there are any. */
  readonly schedule: Schedule;
  readonly start: Start;
  /** Ends a task or a flow, or asks for its end, by the same ways. Rejects for one that has ended, and when the table does. */
  readonly cancel: (id: string) => Promise<unknown>;
  /** Delivers the message of a task a second time. */
  readonly deliverAgain: (id: string) => Promise<unknown>;
  readonly processes: ReadonlyMap<string, LabProcess>;
  readonly links: ReadonlyMap<string, ClientLinks>;
  readonly restartEmulator: (name: EmulatorName) => Promise<void>;
  readonly observer: Observer;
  readonly stopProcesses: () => Promise<void>;
}

const SCHEDULER = 'scheduler';

/** Emulators, the platform and workers as processes, each behind links of its own. */
export async function openLab(options: LabOptions): Promise<Lab> {
  const { folder, seed, workers, platforms, isLinked } = options;
  const names = [...workers, ...platforms];
  await using starting = new AsyncDisposableStack();
  const compiling = fillCompileCache(join(folder, 'compiled'));
  const emulators = starting.adopt(await startEmulators(folder), async ({ stop }) => stop());
  const { endpoints } = emulators;
  const stack = { endpoints, outputs: await provisionFleet({ fleet: labFleet, endpoints }) };
  const links = new Map<string, ClientLinks>();
  for (const client of isLinked ? [...names, SCHEDULER] : []) {
    links.set(client, starting.adopt(await openClientLinks(client, endpoints, seed), closeLinks));
  }
  const parts = { ...options, links, stack, compiled: await compiling };
  const processes = new Map(names.map((name) => [name, processOf(name, parts)]));
  starting.defer(async () => killAll(processes));
  await Promise.all([...processes.values()].map(async (process) => process.start()));
  const observer = starting.use(openObserver({ stack, sideLog: sideLogIn(folder), processes }));
  const own = clientsOf({ ...stack, endpoints: links.get(SCHEDULER)?.endpoints ?? endpoints });
  const table = { dynamodb: own.dynamodb, tableName: resourcesOf(stack).tableName };
  const scheduler = starting.adopt(schedulerOn(stack, own), (some) => some.close());
  const running = starting.move();
  return {
    schedule: scheduler.schedule,
    start: scheduler.start,
    deliverAgain: async (id) =>
      deliverAgain({ sqs: own.sqs, table, ...serviceQueues(stack, 'lab') }, id as TaskId),
    cancel: async (some) => {
      const id = some as TaskId;
      const cancelling = { table, fleet: labFleet, clock: systemClock };
      return (isFlowId(id) ? cancelFlow : cancelTask)(cancelling, id, 'the lab');
    },
    processes,
    links,
    restartEmulator: emulators.restart,
    observer,
    stopProcesses: async () => {
      await Promise.all([...processes.values()].map(async (process) => process.terminate()));
    },
    [Symbol.asyncDispose]: async () => running.disposeAsync(),
  };
}

type Stack = Parameters<typeof clientsOf>[0];

interface ProcessOptions extends LabOptions {
  readonly links: ReadonlyMap<string, ClientLinks>;
  readonly stack: Stack;
  /** Where processes find what is compiled already. */
  readonly compiled: Readonly<Record<string, string>>;
}

function processOf(name: string, options: ProcessOptions): LabProcess {
  const { folder, seed, links, stack, brokenGuard, graceSeconds, downWithinMs, compiled } = options;
  const spec = processSpec({
    name,
    service: options.platforms.includes(name) ? 'platform' : 'lab',
    outputs: stack.outputs,
    endpoints: links.get(name)?.endpoints ?? stack.endpoints,
    settings: {
      LAB_SEED: seed,
      LAB_SIDE_LOG: join(sideLogIn(folder), `${name}.jsonl`),
      TASKFLEET_GRACE_SECONDS: String(graceSeconds),
      ...compiled,
      ...(brokenGuard && { LAB_BROKEN_GUARD: brokenGuard }),
    },
  });
  return new LabProcess({ spec, logFile: join(folder, `${name}.log`), downWithinMs });
}

function closeLinks({ close }: ClientLinks): void {
  close();
}

async function killAll(processes: ReadonlyMap<string, LabProcess>): Promise<void> {
  await Promise.all([...processes.values()].map(async (process) => process.kill()));
}

function sideLogIn(folder: string): string {
  const path = join(folder, 'side');
  mkdirSync(path, { recursive: true });
  return path;
}
