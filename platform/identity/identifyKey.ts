import type { Clock } from '@taskfleet/toolbox/clock';
import { isSecretOf, parseCredential } from './credential.ts';
import { CredentialsError } from './errors.ts';
import type { KeyEntry } from './keyEntry.ts';
import type { Keys } from './keys.ts';
import type { Principal } from './principal.ts';

/** How long a replica believes what it has read of a key: a revoked one is good no longer than this. */
export const KEY_REMEMBERED_MS = 5_000;

/** Ids that somebody makes up must not fill the memory. */
const MOST_REMEMBERED = 10_000;

export interface IdentifyKeyOptions {
  readonly keys: Pick<Keys, 'find'>;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
}

interface Remembered {
  readonly entry: Promise<KeyEntry | undefined>;
  readonly until: number;
}

/** Who shows this API key or token. A request costs no read: a key is read once in five seconds. Throws CredentialsError. */
export function identifyKey({ keys, clock }: IdentifyKeyOptions) {
  const remembered = new Map<string, Remembered>();
  const recall = async (id: string): Promise<KeyEntry | undefined> => {
    const known = remembered.get(id);
    if (known && known.until > clock.monotonic()) return known.entry;
    const entry = keys.find(id);
    remembered.delete(id);
    remembered.set(id, { entry, until: clock.monotonic() + KEY_REMEMBERED_MS });
    // A table that does not answer says nothing of a key.
    entry.catch(() => remembered.delete(id));
    forgetOldest(remembered);
    return entry;
  };
  return async (text: string): Promise<Principal> => {
    const shown = parseCredential(text);
    const entry = shown && (await recall(shown.id));
    if (!entry || !isSecretOf(entry.hash, shown.secret)) {
      throw new CredentialsError('no such API key or token, or it was revoked');
    }
    const { endsAt = Infinity } = entry;
    if (endsAt <= clock.now()) throw new CredentialsError(`the ${entry.kind} has expired`);
    return principalOf(entry);
  };
}

/** With the kind in front, so that nobody is who they are not by a name that looks like a user's. */
function principalOf({ kind, name, roles, only }: KeyEntry): Principal {
  return Object.freeze({ name: `${kind}:${name}`, kind, roles, ...(only && { only }) });
}

function forgetOldest(remembered: Map<string, Remembered>): void {
  const [oldest] = remembered.keys();
  if (remembered.size > MOST_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
}
