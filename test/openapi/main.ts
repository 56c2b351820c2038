/**
 * `npm run test:openapi`: whether the API is as /openapi.json says it is, by requests that Schemathesis makes up from that document, good
 * ones and bad ones, to a whole fleet on emulators. Skipped, with exit code 0, where Python or its registry is missing.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { startDashboard } from '../browser/fleet/startDashboard.ts';
import { showSomething } from '../browser/fleet/showSomething.ts';
import { fetchProber, type Prober } from './fetchProber.ts';

const HELP = `Compares the API with its own description, by made-up requests.

Usage: npm run test:openapi [-- options]

  --examples N   requests of each kind for a route (default 5, at most 1000)
  --seed N       decides them (default: 1)
  --path P       only of this path, such as /api/tasks/{id}
  --help

Exit codes: 0 it is as it says, 1 it is not, 2 the arguments are wrong.
`;

const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** Far above what is asked: what is probed is not the limit. */
const UNLIMITED = { principal: 10_000_000, address: 10_000_000 };

const options = readOptions(process.argv.slice(2));
if (!options) {
  const got = process.argv.slice(2).join(' ');
  const expected = '--examples from 1 to 1000, --seed N, --path P';
  process.stderr.write(`expected ${expected}, got "${got}"; see npm run test:openapi -- --help\n`);
  process.exitCode = 2;
} else if (options.help) process.stdout.write(HELP);
else process.exitCode = await probe(options);

function readOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        examples: { type: 'string', default: '5' },
        seed: { type: 'string', default: '1' },
        path: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    const [examples, seed] = [Number(values.examples), Number(values.seed)];
    const fits = Number.isInteger(examples) && examples >= 1 && examples <= 1_000;
    return fits && Number.isInteger(seed) ? { ...values, examples, seed } : undefined;
  } catch {
    return undefined;
  }
}

interface ProbeOptions {
  readonly examples: number;
  readonly seed: number;
  readonly path?: string | undefined;
}

async function probe({ examples, seed, path }: ProbeOptions): Promise<number> {
  const fetched = fetchProber();
  if (!fetched.ok) {
    process.stdout.write(`skipped: Schemathesis cannot be had: ${fetched.why}\n`);
    return 0;
  }
  const fleet = await startDashboard({ limits: UNLIMITED });
  try {
    await showSomething(fleet);
    const only = path === undefined ? [] : [`--include-path=${path}`];
    return await run(fetched, [
      'run',
      `${fleet.address}/openapi.json`,
      // A stream of events has no end.
      '--exclude-path=/api/events',
      ...only,
      `--checks=${CHECKS.join(',')}`,
      '--request-timeout=20',
      `--max-examples=${examples}`,
      `--seed=${seed}`,
      '--generation-database=none',
      '--warnings=off',
      '--no-color',
    ]);
  } finally {
    await fleet.stop();
  }
}

async function run({ program, folder }: Prober, args: readonly string[]): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const child = spawn(program, args, { cwd: folder, stdio: 'inherit' });
  child.once('error', reject);
  child.once('exit', (code) => resolve(code === 0 ? 0 : 1));
  return promise;
}
