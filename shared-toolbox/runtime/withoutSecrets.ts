import type { InputSecrets } from './inputSecrets.ts';
import type { Outcome } from './outcome.ts';

/** How an attempt ended, without the secrets of its input in what is said of it: records, logs and hooks all have that from here. */
export function withoutSecrets(outcome: Outcome, secrets: InputSecrets): Outcome {
  const hasError = outcome.kind === 'failed' || outcome.kind === 'retrying';
  return hasError ? { ...outcome, error: redacted(outcome.error, secrets) } : outcome;
}

/** Causes that are looked at: somebody may make a ring of them. */
const MOST_CAUSES = 10;

/** Of an error and its causes: `message` and `stack` are all that is shown. */
function redacted(error: Error, secrets: InputSecrets): Error {
  try {
    let at: unknown = error;
    for (let i = 0; i <= MOST_CAUSES && at instanceof Error; i += 1) {
      hide(at, secrets);
      at = at.cause;
    }
    return error;
  } catch {
    // Frozen: what it was stays its name.
    const said = new Error(secrets.redact(error.message));
    said.name = error.name;
    return said;
  }
}

function hide(error: Error, secrets: InputSecrets): void {
  const { message, stack } = error;
  if (secrets.redact(message) !== message) error.message = secrets.redact(message);
  if (stack !== undefined && secrets.redact(stack) !== stack) error.stack = secrets.redact(stack);
}
