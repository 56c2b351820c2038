import { defineFleet, defineTask, defineWorker, type Fleet } from '@taskfleet/toolbox/contract';
import { z } from 'zod';

const anything = { input: z.unknown(), output: z.unknown() };

/** A fleet for tests: two workers, one with a hyphen in its name, that differ in everything the stack reads. */
export function exampleFleet(): Fleet {
  const index = defineTask('layer-index.index', { ...anything, retry: { maxAttempts: 7 } });
  const remove = defineTask('layer-index.remove', anything);
  const send = defineTask('email.send', { ...anything, retry: { maxAttempts: 3 } });
  return defineFleet([
    defineWorker('layer-index', { tasks: [index, remove], lease: '45s' }),
    defineWorker('email', { tasks: [send] }),
  ]);
}
