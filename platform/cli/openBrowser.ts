import { type ChildProcess, spawn as spawnProcess } from 'node:child_process';
import type { Environment } from '@taskfleet/toolbox/config';

/** As Node's own, with an array of words, which no shell reads. */
export type Spawn = (
  program: string,
  words: readonly string[],
  settings: { readonly stdio: 'ignore'; readonly detached: true },
) => ChildProcess;

export interface BrowserOptions {
  /** As `process.platform`. */
  readonly platform: string;
  readonly environment: Environment;
  /** Default: Node's. */
  readonly spawn?: Spawn;
}

/** The program that opens a page, and the words before its address; undefined where nobody would see it. Pure. */
export function browserCommand({
  platform,
  environment,
}: Pick<BrowserOptions, 'platform' | 'environment'>): readonly [string, ...string[]] | undefined {
  if (environment['SSH_CONNECTION'] || environment['SSH_TTY']) return undefined;
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return environment['DISPLAY'] || environment['WAYLAND_DISPLAY'] ? ['xdg-open'] : undefined;
  }
}

/** No shell reads the address, and it is one of http: whatever it has in it opens a page, and nothing else. */
export async function openBrowser(
  page: URL,
  { spawn = spawnProcess, ...options }: BrowserOptions,
): Promise<boolean> {
  if (!/^https?:$/.test(page.protocol)) throw new RangeError('expected a page of http or https');
  const command = browserCommand(options);
  if (!command) return false;
  const [program, ...words] = command;
  const child = spawn(program, [...words, page.href], { stdio: 'ignore', detached: true });
  return new Promise((resolve) => {
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      // The browser stays when this command ends.
      child.unref();
      resolve(true);
    });
  });
}
