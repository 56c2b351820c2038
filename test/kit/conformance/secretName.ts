const ONE_WORD = new Set([
  'authorization',
  'credential',
  'credentials',
  'passphrase',
  'passwd',
  'password',
  'secret',
  'token',
]);

/** Keys that open something; most others, as of a table, do not. */
const KEYS = new Set(['access', 'api', 'encryption', 'private', 'secret', 'signing']);

/** Tokens that say where a list goes on, or which call is meant. */
const NO_SECRETS = new Set(['continuation', 'cursor', 'idempotency', 'next', 'page']);

/** Whether a field is called like something that opens a door: `password`, `githubToken`, `API_KEY`. */
export function soundsSecret(name: string): boolean {
  const words = wordsOf(name);
  const [last = '', before = ''] = words.toReversed();
  if (last === 'token' && NO_SECRETS.has(before)) return false;
  const isKey = (last === 'key' && KEYS.has(before)) || last === 'apikey';
  return isKey || ONE_WORD.has(last);
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}
