import {
  artifactRef,
  defineFleet,
  defineTask,
  defineWorker,
  secret,
} from '@taskfleet/toolbox/contract';
import { z } from 'zod';

/** Says back what it is told. */
export const say = defineTask('echo.say', {
  input: z.strictObject({
    text: z.string(),
    times: z.int().positive().default(1),
    password: secret(z.string()).optional(),
    codes: z.array(secret(z.string())).optional(),
    photo: artifactRef.optional(),
  }),
  output: z.object({ said: z.string() }),
  retry: { maxAttempts: 1 },
});

/** One after another. */
export const ask = defineTask('echo.ask', {
  input: z.object({ children: z.int() }),
  output: z.object({ asked: z.int() }),
  group: () => 'all',
});

export const echoWorker = defineWorker('echo', { tasks: [say, ask] });

export const sampleFleet = defineFleet([echoWorker]);
