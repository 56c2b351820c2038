import { readFile } from 'node:fs/promises';
import { type Environment, type Given, readConfig } from '@taskfleet/toolbox/config';
import { RemoteConfigError } from './errors.ts';
import { remoteSettings, sentEncrypted } from './remoteSettings.ts';

/** What the command line's options say of a stage that is asked over HTTP. */
export interface RemoteOptions {
  /** Instead of `TASKFLEET_URL`. */
  readonly url?: string | undefined;
  /** A file with the token, instead of `TASKFLEET_TOKEN`. */
  readonly tokenFile?: string | undefined;
  /** Whether a token may go over a network in clear text. Default false. */
  readonly insecure?: boolean | undefined;
  /** Who is to be kept as the one who asks, which only AWS's own interfaces leave to the command line. */
  readonly by?: string | undefined;
}

/** Where a stage's API is, and what to show there. */
export interface RemoteConfig {
  /** Without a slash at its end. */
  readonly address: string;
  /** Default: none, which is enough for the stage on this machine. */
  readonly token?: string;
}

/** Undefined when no address is given: then AWS is asked itself. Throws ConfigError and RemoteConfigError. */
export async function remoteConfig(
  options: RemoteOptions,
  environment: Environment,
): Promise<RemoteConfig | undefined> {
  const { url: address, token } = readConfig(remoteSettings, environment, {
    given: await remoteArguments(options),
    rules: [sentEncrypted(options.insecure)],
  });
  throwIfMeaningless(options, address !== undefined);
  return address === undefined ? undefined : { address, ...(token !== undefined && { token }) };
}

function throwIfMeaningless({ tokenFile, insecure, by }: RemoteOptions, isRemote: boolean): void {
  if (isRemote && by !== undefined) {
    throw new RemoteConfigError(
      '--by: over --url (or TASKFLEET_URL) the one who asks is who the token says; leave it out',
    );
  }
  if (isRemote || (tokenFile === undefined && !insecure)) return;
  const option = insecure ? '--insecure' : '--token-file';
  throw new RemoteConfigError(`${option}: expected --url or TASKFLEET_URL with it`);
}

/** The address that was given, if any. Throws ConfigError. */
export function remoteAddress(
  { url }: RemoteOptions,
  environment: Environment,
): string | undefined {
  return readConfig(remoteSettings, environment, { given: { url } }).url;
}

/** What the command line was told by options: these go before the environment. Throws RemoteConfigError. */
export async function remoteArguments({
  url,
  tokenFile,
}: RemoteOptions): Promise<Given<typeof remoteSettings>> {
  return { url, token: tokenFile === undefined ? undefined : await contentOf(tokenFile) };
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new RemoteConfigError(`--token-file: cannot read ${file}: ${code}`, { cause });
  }
}
