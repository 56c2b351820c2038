import { NonRetryableError } from '@taskfleet/toolbox/contract';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Which origins may be asked: those that the settings name, and, where they name none, only this machine. A scheduler chooses the address,
 * and must not reach what only the worker can reach.
 */
export class AllowedOrigins {
  readonly #named: ReadonlySet<string>;

  constructor(named: readonly string[]) {
    this.#named = new Set(named.map((address) => new URL(address).origin));
  }

  has({ protocol, origin, hostname }: URL): boolean {
    if (protocol !== 'https:' && protocol !== 'http:') return false;
    return this.#named.size > 0 ? this.#named.has(origin) : LOOPBACK.has(hostname);
  }

  /** Throws NonRetryableError for any other address. */
  check(url: URL): void {
    if (this.has(url)) return;
    throw new NonRetryableError(
      `source: expected ${this.#described()}, got ${url.origin}; TASKFLEET_EXPORT_SOURCES names the origins that may be read`,
    );
  }

  #described(): string {
    if (this.#named.size === 0) return 'an address of this machine';
    return `one of ${[...this.#named].join(', ')}`;
  }
}
