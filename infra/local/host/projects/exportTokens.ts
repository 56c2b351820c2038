import type { Clock } from '@taskfleet/toolbox/clock';

/** Longer than any export takes. */
const VALID_MS = 3_600_000;

interface Grant {
  /** Such as `ilha/fields`. */
  readonly project: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Tokens by which an export reads one project, and nothing else, for an hour: each export has one of its own. */
export class ExportTokens {
  readonly #clock: Pick<Clock, 'now' | 'randomBytes'>;
  readonly #grants = new Map<string, Grant>();

  constructor(clock: Pick<Clock, 'now' | 'randomBytes'>) {
    this.#clock = clock;
  }

  issue(project: string): string {
    this.#forgetOld();
    const bytes = [this.#clock.randomBytes(), this.#clock.randomBytes()];
    const token = Buffer.concat(bytes).toString('base64url');
    this.#grants.set(token, { project, until: this.#clock.now() + VALID_MS });
    return token;
  }

  /** Whether the header `Authorization` of a request allows it to read this path. */
  allows(authorization: string | undefined, path: string): boolean {
    const [, token = ''] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? [];
    const grant = this.#grants.get(token);
    if (!grant || grant.until <= this.#clock.now()) return false;
    const [org, project] = grant.project.split('/');
    const own = [`/api/organizations/${org}/projects/${project}/`, `/files/${org}/${project}/`];
    return own.some((beginning) => path.startsWith(beginning));
  }

  #forgetOld(): void {
    const now = this.#clock.now();
    for (const [token, { until }] of this.#grants) if (until <= now) this.#grants.delete(token);
  }
}
