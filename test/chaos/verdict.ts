import type { Facts } from './check/facts.ts';
import { lastSeen } from './check/lastSeen.ts';
import type { LabRun } from './runLab.ts';

/** A run in figures: enough to see that something was tried. */
export function figuresOf({ asked, sideLog, lives, deadLetters, flows, firings, ...facts }: Facts) {
  const states = [...lastSeen(facts).values()].map(({ state }) => state);
  return {
    acknowledged: asked.filter(({ answer }) => answer === 'acknowledged').length,
    rejected: asked.filter(({ answer }) => answer === 'rejected').length,
    ended: Object.fromEntries(
      [...Map.groupBy(states, (state) => state)].map(([state, all]) => [state, all.length]),
    ),
    attempts: sideLog.filter(({ kind }) => kind === 'begin').length,
    aborted: sideLog.filter(({ kind }) => kind === 'aborted').length,
    processes: lives.length,
    deadLetters: deadLetters.length,
    flows: flows.length,
    flowsFailed: flows.filter(({ state }) => state === 'failed').length,
    flowsCancelled: flows.filter(({ state }) => state === 'cancelled').length,
    deferred: asked.filter(({ notBefore }) => notBefore !== undefined).length,
    firings: firings.ran.length,
  };
}

/** What is said at the end, for people. */
export function describeVerdict(
  seed: string,
  { disturbance, facts, violations, folder }: LabRun,
): string {
  const { ended, ...figures } = figuresOf(facts);
  const counts = Object.entries({ ...figures, ...ended }).map(([name, n]) => `${name} ${n}`);
  return [
    counts.join(', '),
    ...disturbance.report(facts),
    ...violations.map(({ promise, what }) => `VIOLATED  ${promise}: ${what}`),
    ...(folder === undefined ? [] : [`kept in ${folder}`]),
    `seed ${seed}: ${violations.length === 0 ? 'every promise was kept' : `${violations.length} violations`}`,
  ].join('\n');
}
