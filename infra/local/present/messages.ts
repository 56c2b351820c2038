import { relative } from 'node:path';
import type { TaskRecord } from '@taskfleet/toolbox/contract';
import type { Home } from '../home.ts';
import type { Screen, Style } from './screen.ts';

export function tellWelcome(screen: Screen, { folder }: Home): void {
  const where = relative(process.cwd(), folder) || '.';
  screen.line(`${screen.paint('bold', 'Taskfleet')} on this machine; its state is in ${where}/\n`);
}

export interface NextSteps {
  /** Address of the platform's HTTP interface. */
  readonly api: string | undefined;
  /** Whether there is a host application to be looked at. */
  readonly withHost: boolean;
}

export function tellNextSteps(screen: Screen, { api, withHost }: NextSteps): void {
  const dashboard = { what: 'Its dashboard:', path: '' };
  const demo = { what: 'A web application that uses it:', path: '/demo' };
  const pages = withHost ? [dashboard, demo] : [dashboard];
  const where =
    api === undefined
      ? []
      : pages.map(({ what, path }) => `${what} ${screen.paint('cyan', `${api}${path}`)}`);
  screen.line(`
  ${[screen.paint('bold', 'The fleet is up.'), ...where].join('\n  ')}

  In a second terminal:

    npx taskfleet list
    npx taskfleet put .taskfleet/demonstration/balloons.jpg
    npx taskfleet schedule thumbnails.create '{"gallery":"g","photo":"<what put printed>"}' --wait

  Ctrl-C stops it. The next npm start finds everything again.
`);
}

/** Where the API wants credentials, nobody has any at first. */
export function tellFirstKey(screen: Screen): void {
  screen.line(`  The API wants credentials (docs/identity.md). The first key comes from a second terminal:

    npx taskfleet keys create ${screen.paint('bold', 'me')} --role admin
`);
}

const STATE_STYLES: Partial<Record<TaskRecord['state'], Style>> = {
  succeeded: 'green',
  failed: 'red',
  dead: 'red',
  running: 'cyan',
};

export function tellEarlierTasks(screen: Screen, tasks: readonly TaskRecord[]): void {
  screen.line('\n  Found earlier tasks; the newest:\n');
  for (const { id, state } of tasks) {
    screen.line(`    ${screen.paint(STATE_STYLES[state] ?? 'dim', state.padEnd(10))} ${id}`);
  }
}
