/** `npm start`: the whole fleet on this machine. See `npm start -- --help`. */
import { systemClock } from '@taskfleet/toolbox/clock';
import { TaskfleetError } from '@taskfleet/toolbox/contract';
import { HELP, parseOptions } from './options.ts';
import { createScreen } from './present/screen.ts';

const environment = process.env;

process.exit(await start(process.argv.slice(2)));

async function start(args: readonly string[]): Promise<number> {
  try {
    const { help, ...options } = parseOptions(args);
    if (!help) {
      // Loads every contract: a mistake in one is told in one line, as below.
      const { runLocal } = await import('./runLocal.ts');
      const screen = createScreen(process.stdout);
      return await runLocal({ ...options, screen, environment, clock: systemClock });
    }
    process.stdout.write(HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof TaskfleetError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
