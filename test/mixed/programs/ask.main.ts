/** Asks for tasks of every kind, waits for what they return, and tells its parent. Its argument tells it from others that ask. */
import { setTimeout as pause } from 'node:timers/promises';
import { cancelTask } from '@taskfleet/platform/cancel';
import { createReader } from '@taskfleet/platform/reader';
import { createClients } from '@taskfleet/toolbox/aws';
import { systemClock } from '@taskfleet/toolbox/clock';
import { fleetConfig } from '@taskfleet/toolbox/config';
import {
  chain,
  chord,
  group,
  signature,
  TaskFailedError,
  TERMINAL_STATES,
  type TaskHandle,
} from '@taskfleet/toolbox/contract';
import { connectFleet } from '@taskfleet/toolbox/schedule';
import {
  add,
  echo,
  increment,
  mixedFleet,
  parent,
  step,
  total,
  urgent,
  wait,
} from './mixedFleet.ts';

const [name = ''] = process.argv.slice(2);
const config = fleetConfig(process.env);
const table = { dynamodb: createClients(config).dynamodb, tableName: config.tableName };
const reader = createReader(table);
const fleet = connectFleet(process.env, { fleet: mixedFleet });

/** More than a message carries. */
const LARGE = 'x'.repeat(100_000);
const pair = (a: number, b: number) => signature(add, { a, b });

async function outputOf(asking: Promise<Pick<TaskHandle, 'result'>>): Promise<unknown> {
  return (await asking).result({ timeout: '20s' });
}

async function cancelled(): Promise<unknown> {
  const handle = await fleet.schedule(wait, {});
  const stateOf = async () => (await reader.get(handle.id).catch(() => undefined))?.state;
  const begun = new Set<unknown>(['running', 'retrying', ...TERMINAL_STATES]);
  while (!begun.has(await stateOf())) await pause(50);
  await cancelTask({ table, fleet: mixedFleet, clock: systemClock }, handle.id, name);
  return handle.result({ timeout: '20s' }).catch((error: unknown) => {
    if (!(error instanceof TaskFailedError)) throw error;
    return error.state;
  });
}

async function inOrder(): Promise<unknown> {
  const handles = [];
  for (let i = 0; i < 5; i += 1) handles.push(await fleet.schedule(step, { group: name }));
  return Promise.all(handles.map(async (handle) => outputOf(Promise.resolve(handle))));
}

const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
  plain: async () => outputOf(fleet.schedule(echo, { text: name })),
  retried: async () => outputOf(fleet.schedule(echo, { text: name, failures: 1 })),
  grouped: inOrder,
  delayed: async () => outputOf(fleet.schedule(echo, { text: name }, { delay: '1s' })),
  child: async () => outputOf(fleet.schedule(parent, { text: name })),
  chain: async () => outputOf(fleet.start(chain(pair(1, 2), increment))),
  group: async () => outputOf(fleet.start(group([pair(1, 2), pair(3, 4)]))),
  chord: async () => outputOf(fleet.start(chord(group([pair(1, 2), pair(3, 4)]), total))),
  cancelled,
  large: async () => {
    const { text } = (await outputOf(fleet.schedule(echo, { text: LARGE }))) as { text: string };
    return text.length;
  },
  urgent: async () => outputOf(fleet.schedule(urgent, {}, { priority: 'high' })),
};

const outputs = await Promise.all(
  Object.entries(kinds).map(async ([kind, ask]) => {
    const output = await ask().catch((error: unknown) => `${kind}: ${String(error)}`);
    return [kind, output] as const;
  }),
);
const toolbox = import.meta.resolve('@taskfleet/toolbox/contract');
process.send?.({ toolbox, outputs: Object.fromEntries(outputs) }, () => process.exit());
