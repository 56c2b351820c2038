import { once } from 'node:events';
import {
  artifactRef,
  defineFleet,
  defineTask,
  defineWorker,
  implement,
  NonRetryableError,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** Says it louder; `times` above 1 leaves it to a child. */
export const shout = defineTask('office.shout', {
  input: z.object({ text: z.string(), times: z.int() }),
  output: z.object({ text: z.string() }),
});

/** Reads a file and writes it as its own. */
export const copyFile = defineTask('office.copyFile', {
  input: z.object({ ref: artifactRef }),
  output: z.object({ ref: artifactRef }),
});

/** Does everything that there is with files, and returns what it has found. */
export const sortFiles = defineTask('office.sortFiles', {
  input: z.object({}),
  output: z.object({ found: z.array(z.string()) }),
});

/** One at a time in the whole fleet. */
export const whisper = defineTask('office.whisper', {
  input: z.object({ text: z.string() }),
  output: z.null(),
  unique: ({ text }) => text,
});

const officeWorker = defineWorker('office', {
  tasks: [shout, copyFile, sortFiles, whisper],
  lease: '6s',
});

/** A worker that does everything that a worker's role is for. */
export const officeFleet = defineFleet([officeWorker]);

export const copyImplementation = implement(officeWorker, {
  'office.shout': async ({ text, times }, { schedule, progress, signal, log }) => {
    progress(0.5);
    log.info('shouting');
    if (text === 'fail') throw new NonRetryableError('as asked');
    if (text === 'wait') await once(signal, 'abort');
    signal.throwIfAborted();
    if (times === 1) return { text: text.toUpperCase() };
    const child = await schedule(shout, { text, times: times - 1 }, { durable: true });
    return child.result({ timeout: '20s' });
  },
  'office.copyFile': async ({ ref }, { artifacts }) => {
    const body = await artifacts.read(ref);
    return { ref: await artifacts.write('a.txt', body, 'text/plain') };
  },
  'office.sortFiles': async (_input, { artifacts }) => {
    const found: string[] = [];
    async function* source() {
      yield Buffer.alloc(9_000_000);
    }
    const own = await artifacts.write('sorted/big.bin', source(), 'text/plain');
    for await (const { ref } of artifacts.list('artifact:uploads/sort/')) found.push(ref);
    for await (const { ref } of artifacts.list('artifact:office/sorted/')) found.push(ref);
    for await (const bit of await artifacts.stream(own)) {
      if (bit.length > 0) break;
    }
    await artifacts.link(own);
    await artifacts.remove([own]);
    const isThere = (await artifacts.find(own)) !== undefined;
    return { found: [...found, `still there: ${isThere}`] };
  },
  'office.whisper': () => null,
});
