import {
  defineTask,
  defineWorker,
  type Handler,
  implement,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';

export const text = z.object({ text: z.string() });

export const said = { samples: { 'say.it': { text: 'hello' } } };

export interface SayOptions {
  readonly input?: z.ZodType;
  readonly output?: z.ZodType;
  readonly retry?: Parameters<typeof defineTask>[1]['retry'];
  readonly handler?: Handler;
}

/** A worker of one task. */
export function saying(options: SayOptions): WorkerImplementation {
  const { input = text, output = z.string(), retry = {}, handler = () => 'hello' } = options;
  const task = defineTask('say.it', { input, output, retry });
  return implement(defineWorker('say', { tasks: [task] }), { 'say.it': handler });
}
