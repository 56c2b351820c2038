import { once } from 'node:events';
import { implement } from '@taskfleet/toolbox/contract';
import { runWorker } from '@taskfleet/toolbox/runtime';
import { echo, mixedWorker } from './mixedFleet.ts';

const runOfGroup = new Map<string, number>();

const implementation = implement(mixedWorker, {
  'mix.echo': ({ text, failures }, { attempt }) => {
    if (attempt <= failures) throw new Error('not yet');
    return { text, attempt };
  },
  'mix.step': ({ group }) => {
    const before = runOfGroup.get(group) ?? 0;
    runOfGroup.set(group, before + 1);
    return before;
  },
  'mix.wait': async (_input, { signal }) => {
    if (!signal.aborted) await once(signal, 'abort');
    signal.throwIfAborted();
  },
  'mix.parent': async ({ text }, { schedule }) => {
    const child = await schedule(echo, { text });
    return (await child.result({ timeout: '15s' })).text;
  },
  'mix.add': ({ a, b }) => a + b,
  'mix.increment': (n) => n + 1,
  'mix.total': (numbers) => numbers.reduce((sum, n) => sum + n, 0),
  'mix.urgent': () => 'done',
  'mix.tick': () => undefined,
});

await runWorker(implementation);
