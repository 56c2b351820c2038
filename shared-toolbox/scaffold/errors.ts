import { TaskfleetError } from '../errors.ts';

/** Thrown by `taskfleet new` and `taskfleet remove`: nothing was changed. */
export class ScaffoldError extends TaskfleetError {
  readonly code = 'scaffold_refused';
  readonly problems: readonly string[];

  constructor(problems: readonly string[], suggestion?: string) {
    super(`${problems.join('; ')}${suggestion === undefined ? '' : `; try "${suggestion}"`}`);
    this.problems = problems;
  }
}
