import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fleet } from '@taskfleet/fleet';
import { HOME_FOLDER } from '@taskfleet/platform/cli';
import { buildDashboard } from '@taskfleet/platform/dashboard/build';
import type { Environment } from '@taskfleet/toolbox/config';
import type { Clock } from '@taskfleet/toolbox/clock';
import { demonstrate } from './demo/demonstrate.ts';
import { AlreadyRunningError, MissingProgramError } from './errors.ts';
import { type Home, openHome, removeNote, runningNote, writeNote } from './home.ts';
import { localConfig } from './localConfig.ts';
import { LocalFleet } from './localFleet.ts';
import { tellEarlierTasks, tellFirstKey, tellNextSteps, tellWelcome } from './present/messages.ts';
import type { Screen } from './present/screen.ts';
import { type LocalStackFacts, localFleetEnvironment, programOf } from './services.ts';
import { onStopSignals } from './signals.ts';
import { connect } from './connect.ts';
import { watchFiles } from './watchFiles.ts';

export interface RunLocalOptions {
  readonly once: boolean;
  readonly watch: boolean;
  readonly screen: Screen;
  readonly clock: Clock;
  readonly environment: Environment;
}

interface ShowOptions extends RunLocalOptions {
  readonly withHost: boolean;
}

const INTERRUPTED = 130;

/** In the repository. */
const STANDARD_HOME = join(import.meta.dirname, '..', '..', HOME_FOLDER);

/**
 * Runs the fleet until Ctrl-C, or with `once` until the demonstration has ended. Resolves to the exit code when everything
 * has stopped. Throws AlreadyRunningError, and ConfigError.
 */
export async function runLocal(options: RunLocalOptions): Promise<number> {
  const { screen, clock, once } = options;
  checkPrograms();
  const { home: folder = STANDARD_HOME, wantsKeys } = localConfig(options.environment);
  const home = freeHome(folder);
  // In CI nobody looks at its pages; where the platform asks for keys, it has none.
  const withHost = !once && !wantsKeys;
  const local = new LocalFleet({ ...options, fleet, home, withHost });
  const stopping = new AbortController();
  onStopSignals({
    source: process,
    clock,
    first: () => stopping.abort(),
    second: () => process.exit(INTERRUPTED),
  });
  tellWelcome(screen, home);
  await prepareDashboard(screen);
  try {
    await Promise.race([bringUp(local, home), aborted(stopping.signal)]);
    const succeeded =
      stopping.signal.aborted || (await show({ ...options, withHost }, home, stopping.signal));
    if (once) return exitCode(succeeded, stopping.signal.aborted);
    if (wantsKeys) tellFirstKey(screen);
    if (options.watch) restartOnChange(local, screen);
    await aborted(stopping.signal);
    return 0;
  } finally {
    screen.line(
      `\n  Stopping: what runs may end, the rest waits in its queue for the next start …`,
    );
    await local.stop();
    removeNote(home);
    screen.line('  Stopped.');
  }
}

/** A worker without a program would be started again and again. */
function checkPrograms(): void {
  for (const { name } of fleet.workers) {
    if (!existsSync(programOf(name))) throw new MissingProgramError(name);
  }
}

function freeHome(folder: string): Home {
  const home = openHome(folder);
  const running = runningNote(home);
  if (running) throw new AlreadyRunningError(folder, running.pid);
  return home;
}

/** Without it everything else still works, and its address says what to do. */
async function prepareDashboard(screen: Screen): Promise<void> {
  await buildDashboard().catch((error: unknown) => {
    const [why] = String(error).split('\n', 1);
    screen.line(screen.paint('yellow', `  The dashboard cannot be built: ${why}`));
  });
}

async function bringUp(local: LocalFleet, home: Home): Promise<void> {
  const stack: LocalStackFacts = await local.startStack();
  const api = await local.startServices(stack);
  writeNote(home, { pid: process.pid, environment: localFleetEnvironment(stack), api });
}

/** The demonstration where there is nothing yet, else what is there. Resolves to whether what was to be shown succeeded. */
async function show(options: ShowOptions, home: Home, signal: AbortSignal): Promise<boolean> {
  const { screen, clock, once, withHost } = options;
  const connection = connect(home, clock);
  const { tasks } = await connection.reader.list({ limit: 5 });
  if (tasks.length > 0 && !once) {
    tellEarlierTasks(screen, tasks);
    tellNextSteps(screen, { api: runningNote(home)?.api, withHost });
    return true;
  }
  const succeeded = await demonstrate({ ...connection, screen, clock, home, signal });
  if (!once) tellNextSteps(screen, { api: runningNote(home)?.api, withHost });
  return succeeded;
}

function exitCode(succeeded: boolean, interrupted: boolean): number {
  if (interrupted) return INTERRUPTED;
  return succeeded ? 0 : 1;
}

function restartOnChange(local: LocalFleet, screen: Screen): void {
  const workers = fleet.workers.map(({ name }) => name);
  watchFiles({
    root: join(import.meta.dirname, '..', '..'),
    workers,
    onChange: (changed) => {
      screen.line(screen.paint('cyan', `  ↻ files changed: ${changed.join(', ')} starts anew`));
      for (const worker of changed) void local.restart(worker);
    },
  });
  screen.line(screen.paint('dim', '  Watching workers/ and shared-toolbox/ for changes.'));
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
}
