/** `npm run pack:toolbox`: the toolbox as a package for projects outside this repository. See `npm run pack:toolbox -- --help`. */
import { resolve } from 'node:path';
import { TaskfleetError } from '@taskfleet/toolbox/contract';
import { HELP, parseOptions } from './options.ts';
import { packToolbox } from './packToolbox.ts';

/** npm runs scripts in the repository's folder, and says where somebody stood. */
const { INIT_CWD: stoodIn = process.cwd(), npm_execpath: npm } = process.env;

process.exit(pack(process.argv.slice(2)));

function pack(args: readonly string[]): number {
  try {
    const { help, out } = parseOptions(args);
    process.stdout.write(help ? HELP : `${packToolbox({ out: resolve(stoodIn, out), npm })}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof TaskfleetError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
