import {
  AuthorizationResponseError,
  INVALID_RESPONSE,
  JWT_CLAIM_COMPARISON,
  OperationProcessingError,
  ResponseBodyError,
} from 'oauth4webapi';

/** An answer with another state, or a token with another nonce: perhaps somebody else's. */
const STRANGE: ReadonlySet<string | undefined> = new Set([INVALID_RESPONSE, JWT_CLAIM_COMPARISON]);

/** Thrown when a provider has signed nobody in; the message is for the person who tried. */
export class SignInError extends Error {}

/** What the act resolves to. Throws SignInError instead of what a provider's answers, or the lack of them, make it throw. */
export async function withReason<T>(issuer: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw new SignInError(reasonOf(error, new URL(issuer).host), { cause: error });
  }
}

function reasonOf(error: unknown, host: string): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    return `${host} has refused: ${error.error_description ?? error.error}`;
  }
  if (error instanceof OperationProcessingError && STRANGE.has(error.code)) {
    return `What ${host} answered does not belong to this sign-in; sign in again.`;
  }
  return `${host} does not answer as it should; try again in a moment.`;
}
