import { readFile } from 'node:fs/promises';
import type { Environment } from '@taskfleet/toolbox/config';
import { LOOPBACK } from '../identity/index.ts';
import { RemoteConfigError } from './errors.ts';

/** What the command line is told of a stage that is asked over HTTP. */
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

/** Undefined when no address is given: then AWS is asked itself. Throws RemoteConfigError. */
export async function remoteConfig(
  options: RemoteOptions,
  environment: Environment,
): Promise<RemoteConfig | undefined> {
  const given = givenAddress(options.url, environment);
  throwIfMeaningless(options, given !== undefined);
  if (given === undefined) return undefined;
  const address = readAddress(given);
  const { protocol, hostname } = new URL(address);
  if (protocol === 'http:' && !LOOPBACK.has(hostname) && !options.insecure) {
    throw new RemoteConfigError(
      `--url: expected https, got ${address}: what is sent there could be read on its way, the token too; --insecure does it all the same`,
    );
  }
  const token = await readToken(options.tokenFile, environment);
  return { address, ...(token !== undefined && { token }) };
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

/** The address that was given, not looked at yet. */
export function givenAddress(
  url: string | undefined,
  environment: Environment,
): string | undefined {
  return url ?? (environment['TASKFLEET_URL'] || undefined);
}

/** An address of http or https, without what does not belong there. Throws RemoteConfigError. */
export function readAddress(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new RemoteConfigError(
      '--url: expected an address such as https://taskfleet.example.com, got one that does not begin with https:// or http://',
    );
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new RemoteConfigError(
      `--url: expected an address alone, as ${url.origin}; a token goes into TASKFLEET_TOKEN or --token-file`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** What a header can carry; another character would be told by whoever refuses it, and the token with it. */
const TOKEN = /^[\x21-\x7e]{1,8192}$/;

async function readToken(
  file: string | undefined,
  environment: Environment,
): Promise<string | undefined> {
  const source = file === undefined ? 'TASKFLEET_TOKEN' : '--token-file';
  const text = file === undefined ? environment['TASKFLEET_TOKEN'] : await contentOf(file);
  if (file === undefined && !text) return undefined;
  const token = text?.trim() ?? '';
  if (TOKEN.test(token)) return token;
  throw new RemoteConfigError(
    `${source}: expected an API key or a token on one line, got ${token === '' ? 'nothing' : 'something else'}`,
  );
}

async function contentOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
    throw new RemoteConfigError(`--token-file: cannot read ${file}: ${code}`, { cause });
  }
}
