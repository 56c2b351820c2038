import type { DescribedSettings, Rule } from '@taskfleet/toolbox/config';
import { z } from 'zod';
import { LOOPBACK } from '../identity/index.ts';

/** What a header can carry; another character would be told by whoever refuses it, and the token with it. */
const TOKEN = /^[\x21-\x7e]{1,8192}$/;

const TOKEN_EXPECTED = 'expected an API key or a token on one line';

/** What the command line is told of a stage that is asked over HTTP. */
export const remoteSettings = {
  url: {
    variable: 'TASKFLEET_URL',
    option: '--url',
    meaning: "address of a stage's platform, to be asked over HTTP instead of AWS",
    bounds: 'an address of https, or of this machine; `--insecure` takes any',
    readers: ['cli'],
    schema: z.string().transform(toAddress).optional(),
  },
  token: {
    variable: 'TASKFLEET_TOKEN',
    option: '--token-file',
    meaning: 'API key or token for it; `--token-file` names a file with one',
    bounds: 'one line',
    readers: ['cli'],
    secret: true,
    schema: z
      .string()
      .trim()
      .min(1, `${TOKEN_EXPECTED}, got nothing`)
      .regex(TOKEN, `${TOKEN_EXPECTED}, got something else`)
      .optional(),
  },
} as const satisfies DescribedSettings;

/** What another machine is sent goes encrypted, unless somebody wants it otherwise. */
export const sentEncrypted =
  (insecure = false): Rule =>
  ({ url }) => {
    if (insecure || typeof url?.value !== 'string') return [];
    const { protocol, hostname } = new URL(url.value);
    if (protocol === 'https:' || LOOPBACK.has(hostname)) return [];
    return [
      `${url.source}: expected https, got ${url.value}: what is sent there could be read on its way, the token too; --insecure does it all the same`,
    ];
  };

/** An address of http or https, without what does not belong there and without a slash at its end. */
function toAddress(text: string, context: z.core.$RefinementCtx): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    context.addIssue(
      'expected an address such as https://taskfleet.example.com, got one that does not begin with https:// or http://',
    );
    return z.NEVER;
  }
  if (url.username || url.password || url.search || url.hash) {
    context.addIssue(
      `expected an address alone, as ${url.origin}; a token goes into TASKFLEET_TOKEN or --token-file`,
    );
    return z.NEVER;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
