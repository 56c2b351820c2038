import { isTerminal, type TaskId } from '@taskfleet/toolbox/contract';
import { readTasks } from '@taskfleet/toolbox/table';
import { clientsOf, resourcesOf, serviceQueues } from '../../fixtures/startParts.ts';
import type { Asked, AskedTask, Facts } from '../check/facts.ts';
import { SideLogTail } from '../fleet/sideLog.ts';
import type { LabProcess } from '../processes/labProcess.ts';
import { childrenIn, collectFacts } from './collectFacts.ts';
import { endFirings } from './firings.ts';
import { lettersAreKnown } from './lettersAreKnown.ts';
import { queueDepths } from './queueDepths.ts';
import { waitUntilQuiet } from './waitUntilQuiet.ts';
import { Witness } from './witness.ts';

export interface ObserverOptions {
  readonly stack: Parameters<typeof clientsOf>[0];
  readonly sideLog: string;
  readonly processes: ReadonlyMap<string, LabProcess>;
}

/** Looks at the fleet from outside, past the links and their faults. */
export interface Observer extends AsyncDisposable {
  /** Has all firings made that are due, and then no more. Resolves to the time until which they were due. */
  readonly endFirings: (withinMs: number) => Promise<number>;
  /** Resolves when all acknowledged tasks and flows have ended and the queues are empty, or to false after that time. */
  readonly quiet: (asked: Asked, withinMs: number) => Promise<boolean>;
  /** Resolves when all acknowledged flows have ended, or to false after that time. */
  readonly flowsEnd: (flows: Asked['flows'], withinMs: number) => Promise<boolean>;
  readonly collect: (asked: Asked, firedUntil: number) => Promise<Facts>;
}

export function openObserver({ stack, sideLog, processes }: ObserverOptions): Observer {
  const { sqs, dynamodb } = clientsOf(stack);
  const table = { dynamodb, tableName: resourcesOf(stack).tableName };
  const queues = {
    lab: serviceQueues(stack, 'lab'),
    platform: serviceQueues(stack, 'platform'),
  };
  const witness = new Witness({ table, sideLog });
  witness.start();

  async function areEmpty(): Promise<boolean> {
    const depths = await queueDepths({ sqs, table, queues });
    return depths.every(({ depth }) => depth === 0) && lettersAreKnown({ sqs, table, queues });
  }

  /** Takes out those that have. */
  async function allEnded(open: Set<TaskId>): Promise<boolean> {
    const records = await readTasks(table, [...open]);
    for (const record of records) if (record && isTerminal(record.state)) open.delete(record.id);
    return open.size === 0;
  }

  async function quiet({ tasks, flows }: Asked, withinMs: number): Promise<boolean> {
    const said = new SideLogTail(sideLog);
    const open = new Set([...promisedIn(tasks), ...promisedIn(flows)]);
    const haveEnded = async () => {
      for (const id of promisedIn(childrenIn(said.read()))) open.add(id);
      return allEnded(open);
    };
    return waitUntilQuiet({
      isQuiet: async () => (await areEmpty()) && (await haveEnded()),
      withinMs,
    });
  }

  return {
    endFirings: async (withinMs) => endFirings(table, withinMs),
    quiet,
    flowsEnd: async (flows, withinMs) => {
      const open = new Set(promisedIn(flows));
      return waitUntilQuiet({ isQuiet: async () => allEnded(open), withinMs });
    },
    collect: async (asked, firedUntil) => {
      await witness.stop();
      const lives = [...processes.values()].flatMap((process) => process.lives);
      return collectFacts({ table, sqs, queues, witness, sideLog, asked, firedUntil, lives });
    },
    [Symbol.asyncDispose]: async () => witness.stop(),
  };
}

function promisedIn(tasks: readonly Pick<AskedTask, 'id' | 'answer'>[]): TaskId[] {
  return tasks.filter(({ answer }) => answer === 'acknowledged').map(({ id }) => id as TaskId);
}
