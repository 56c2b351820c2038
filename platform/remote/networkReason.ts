const ADDRESS = 'is that the address of a stage that runs (--url, TASKFLEET_URL)?';
const NETWORK = 'is this machine on the network, and does a VPN or a firewall stand between?';
const AUTHORITY =
  'for an authority of your own, name the file of its certificate in NODE_EXTRA_CA_CERTS';

interface Failure {
  readonly says: (url: URL) => string;
  readonly remedy: string;
  /** Whether the request may have arrived. */
  readonly isSent?: boolean;
}

const away = { says: ({ host }) => `${host} does not answer`, remedy: NETWORK } satisfies Failure;
const hungUp = {
  says: ({ host }) => `${host} has hung up before it answered`,
  remedy: ADDRESS,
  isSent: true,
} satisfies Failure;
const untrusted = {
  says: ({ host }) => `the certificate of ${host} is of nobody whom this machine trusts`,
  remedy: AUTHORITY,
} satisfies Failure;

/** By the code of an error of Node's network, or of its HTTP client's. */
const FAILURES: Readonly<Record<string, Failure>> = {
  ENOTFOUND: { says: ({ hostname }) => `no machine is called "${hostname}"`, remedy: ADDRESS },
  EAI_AGAIN: {
    says: ({ hostname }) => `nobody can be asked now who "${hostname}" is`,
    remedy: NETWORK,
  },
  ECONNREFUSED: { says: ({ host }) => `nothing listens at ${host}`, remedy: ADDRESS },
  ETIMEDOUT: away,
  EHOSTUNREACH: away,
  ENETUNREACH: away,
  UND_ERR_CONNECT_TIMEOUT: away,
  TimeoutError: {
    says: ({ host }) => `${host} has answered nothing within a minute`,
    remedy: ADDRESS,
    isSent: true,
  },
  ECONNRESET: hungUp,
  UND_ERR_SOCKET: hungUp,
  ERR_SSL_WRONG_VERSION_NUMBER: {
    says: ({ host }) => `${host} does not speak https`,
    remedy: 'does its address begin with http://?',
  },
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  CERT_HAS_EXPIRED: {
    says: ({ host }) => `the certificate of ${host} has expired`,
    remedy: 'whoever runs it has to renew it; is the clock of this machine right?',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    says: ({ host }) => `the certificate of ${host} is for another name`,
    remedy: ADDRESS,
  },
};

export interface Unanswered {
  readonly cause: unknown;
  /** Where it was asked. */
  readonly url: URL;
  readonly isChange: boolean;
}

/** Why nobody has answered, in words, with the code that others know it by, and what to do. Pure. */
export function networkReason({ cause, url, isChange }: Unanswered): string {
  const code = codeOf(cause);
  const known = FAILURES[code];
  if (!known) {
    const message = cause instanceof Error ? cause.message : String(cause);
    return `${message || code} (${url.host}); ${ADDRESS}`;
  }
  const remedy =
    isChange && known.isSent ? 'it may have been done all the same: look first' : known.remedy;
  return `${known.says(url)} (${code}); ${remedy}`;
}

function codeOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
