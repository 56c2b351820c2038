import {
  type Duration,
  toMilliseconds,
  type Worker,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { afterAll, describe, expect, it } from 'vitest';
import type { Samples } from './rehearsal/samples.ts';
import { RULES } from './rules.ts';
import { createSubject } from './subject.ts';

export interface ConformanceOptions<W extends Worker> {
  /** For each task an input with which it succeeds, or a function that makes one: given the running fleet, to store what the task reads. */
  readonly samples: Samples<W>;
  /** Contracts of other workers whose tasks the handlers schedule. They are not run. Default: none. */
  readonly declared?: readonly Worker[];
  /** Fields that are no secrets in spite of their names, by the path that the suite calls them by. Default: none. */
  readonly notSecret?: readonly string[];
  /** How long a sample may take, in real time. Default `'30s'`. */
  readonly timeout?: Duration;
  /** How long a handler may go on after `ctx.signal` has aborted, in real time. Default `'5s'`, as in every fleet. */
  readonly grace?: Duration;
}

/** Every rule has an end of its own; this is for one that hangs. */
const PATIENCE_MS = 600_000;

/**
 * Tests that a worker holds what the rest of a fleet counts on, in docs/conformance.md: a test for each rule, which fails with everything
 * that is wrong and how to mend it.
 *
 * @example testConformance(reports, { samples: { 'reports.monthly': { customer: 'acme', month: '2026-10-01' } } });
 */
export function testConformance<W extends Worker>(
  implementation: WorkerImplementation<W>,
  options: ConformanceOptions<NoInfer<W>>,
): void {
  const { samples, declared = [], notSecret = [], timeout = '30s', grace = '5s' } = options;
  describe(`conformance of worker "${implementation.worker.name}"`, () => {
    const subject = createSubject(implementation, {
      samples,
      declared,
      notSecret,
      timeoutMs: toMilliseconds(timeout),
      graceMs: toMilliseconds(grace),
    });
    afterAll(subject.close);
    // Not by it.each, which cuts long names.
    for (const rule of RULES) {
      // oxlint-disable-next-line vitest/valid-title -- a rule's name is one
      it(rule.name, { timeout: PATIENCE_MS }, async () => {
        const findings = await rule.check(subject);
        expect(findings, findings.join('\n')).toEqual([]);
      });
    }
  });
}
