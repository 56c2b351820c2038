import { z } from 'zod';
import { readConfig } from '../config/index.ts';
import { runService } from '../runtime/index.ts';

const settings = {
  stops: {
    variable: 'STOPS',
    schema: z.enum(
      ['at once', 'never', 'badly', 'by itself', 'while it starts', 'when dismissed'],
      'expected how',
    ),
  },
  name: { variable: 'NAME', schema: z.string('is missing') },
} as const;

/** A service that says when it runs, and stops as its environment says. */
await runService((environment) => {
  const { stops } = readConfig(settings, environment);
  const alive = setInterval(() => undefined, 1_000);
  process.stdout.write('started\n');
  if (stops === 'while it starts') process.kill(process.pid, 'SIGTERM');
  return {
    ...(stops === 'by itself' && { expired: Promise.resolve() }),
    ...(stops === 'when dismissed' && { dismissed: Promise.resolve() }),
    stop: async () => {
      process.stdout.write('stopping\n');
      if (stops === 'badly') throw new Error('could not stop');
      if (stops === 'never') await new Promise(() => undefined);
      clearInterval(alive);
    },
  };
});
