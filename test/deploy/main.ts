/** `npm run test:deploy`: the stack on an emulator with a CloudFormation engine that is not ours. See docs/emulators.md. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { within } from '../chaos/processes/within.ts';
import { inheritedEnvironment } from '../../infra/local/supervise/inheritedEnvironment.ts';
import { askAwsWith } from './askAws.ts';
import { cdkWith, root } from './cdk.ts';
import { startEmulator } from './emulator.ts';
import { emulatorEnvironment, environmentWithoutCredentials } from './emulatorEnvironment.ts';
import { type DeployOptions, HELP, readOptions } from './options.ts';
import { preparePython } from './python/preparePython.ts';
import type { Rehearsal } from './rehearsal.ts';
import { rehearse } from './rehearse.ts';
import { tellTo } from './tell.ts';

/** Without the installation of the emulator, which has its own limit. */
const WITHIN_MS = 600_000;

const home = join(root, '.taskfleet', 'deploy');

const options = readOptions(process.argv.slice(2));
if ('problem' in options) {
  process.stderr.write(`${options.problem}; see --help\n`);
  process.exit(2);
}
// The channel ends when the process that started this one is killed.
for (const end of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'])
  process.on(end, () => process.exit(1));
if (options.help) process.stdout.write(HELP);
process.exit(options.help ? 0 : await testDeploy(options));

async function testDeploy({ json, required, keep }: DeployOptions): Promise<number> {
  const startedAt = performance.now();
  const seconds = () => Number(((performance.now() - startedAt) / 1_000).toFixed(1));
  const say = (line: string) => {
    if (!json) process.stdout.write(`${seconds().toFixed(1).padStart(6)}  ${line}\n`);
  };
  const print = (document: object) => {
    const whole = { ...document, seconds: seconds() };
    if (json) process.stdout.write(`${JSON.stringify(whole, undefined, 2)}\n`);
  };
  const prepared = await preparePython({
    folder: home,
    environment: process.env,
    onInstall: () => say('installing  the emulator into .taskfleet/deploy, once'),
  });
  if (prepared.outcome === 'missing') {
    say(`skipped     ${prepared.reason}`);
    print({ outcome: 'skipped', reason: prepared.reason });
    return required ? 1 : 0;
  }
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'run-'));
  try {
    const running = run(prepared.python, folder, say);
    const rehearsal = await within(WITHIN_MS, running, 'the whole did not end');
    say('held        all of it');
    print({ outcome: 'held', ...rehearsal });
    if (!keep) rmSync(folder, { recursive: true, force: true });
    else say(`kept        ${folder}`);
    return 0;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${reason}; what the programs printed is in ${folder}\n`);
    print({ outcome: 'failed', reason, folder });
    return 1;
  }
}

async function run(
  python: string,
  folder: string,
  say: (line: string) => void,
): Promise<Rehearsal> {
  const inherited = { ...inheritedEnvironment(process.env), TMPDIR: folder };
  await using emulator = await startEmulator({ python, folder, inherited });
  const { endpoint } = emulator;
  say(`emulator    MiniStack at ${endpoint}`);
  const aws = emulatorEnvironment(endpoint);
  const loggedOut = environmentWithoutCredentials(endpoint);
  return await rehearse({
    cdk: cdkWith({ folder, inherited, aws }),
    loggedOut: cdkWith({ folder, inherited, aws: loggedOut }),
    ask: askAwsWith({ python, environment: { ...inherited, ...aws } }),
    endpoints: emulator.endpoints,
    inherited,
    folder,
    tell: tellTo(say),
  });
}
