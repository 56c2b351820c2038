import { isDeepStrictEqual } from 'node:util';
import type { AskAws, Question } from '../askAws.ts';
import { DeployError } from '../errors.ts';

/** What a deployed stage has to show, exactly. */
export interface Expectation {
  /** In a few words, for a person. */
  readonly what: string;
  readonly question: Question;
  readonly expected: unknown;
  /** Makes comparable what was found, such as a document that comes as text. Default: as it is. */
  readonly read?: (found: unknown) => unknown;
}

/** Resolves to what was found as expected. Throws DeployError for the first that is not. */
export async function expectAll(ask: AskAws, expectations: readonly Expectation[]) {
  const answers = await ask(expectations.map(({ question }) => question));
  for (const [i, { what, expected, read = asItIs }] of expectations.entries()) {
    const answer = answers[i] ?? { error: 'no answer' };
    const got = 'value' in answer ? read(answer.value) : answer.error;
    if (isDeepStrictEqual(got, expected)) continue;
    const [wanted, found] = [JSON.stringify(expected), JSON.stringify(got)];
    throw new DeployError(`${what}: expected ${wanted}, got ${found}`);
  }
  return expectations.map(({ what }) => what);
}

function asItIs(found: unknown): unknown {
  return found;
}
