import { NonRetryableError } from '@taskfleet/toolbox/contract';

/** Git ended with another code than 0. The message is the line that says why. */
export class GitError extends Error {
  override readonly name = 'GitError';

  constructor(complaint: string, exitCode: number | null) {
    super(reasonIn(complaint) ?? `git ended with code ${exitCode}`);
  }
}

/** Git's own last word: `fatal: …` or `error: …`, else the last line. */
function reasonIn(complaint: string): string | undefined {
  const lines = complaint
    .split('\n')
    .map((line) => line.replaceAll(/\p{Cc}+/gu, ' ').trim())
    .filter((line) => line !== '');
  const word = lines.findLast((line) => /^(?:fatal|error|ERROR):/.test(line)) ?? lines.at(-1);
  return word?.slice(0, 300);
}

/** What a person has to mend before another attempt makes sense. */
const LASTING =
  /couldn't find remote ref|not found|does not exist|not appear to be a git repository|Authentication failed|could not read (?:Username|Password)|unable to read askpass|Permission denied|Host key verification failed/i;

/** The same for people: which layer it is about, and whether it can get better by itself. */
export function fetchFailure(error: unknown, url: string, branch: string): unknown {
  if (!(error instanceof GitError)) return error;
  const message = `cannot fetch branch ${branch} of ${url}: ${error.message}`;
  return LASTING.test(error.message) && !/resolve host/i.test(error.message)
    ? new NonRetryableError(message, { cause: error })
    : new Error(message, { cause: error });
}
