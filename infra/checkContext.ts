import { DefinitionError, nearestName } from '@taskfleet/toolbox/contract';

/** What the app reads. */
const OURS = ['stage'];

/** What the CDK's command line keeps beside it, apart from names with a colon or slash: feature flags and lookups. */
const OF_THE_COMMAND_LINE = ['cli-telemetry', 'acknowledged-issue-numbers'];

/**
 * Throws DefinitionError naming every context key that nothing reads: `-c stge=prod` would otherwise deploy the default stage
 * without a word.
 */
export function checkContext(context: Readonly<Record<string, unknown>>): void {
  const problems = Object.keys(context)
    .filter((key) => !/[:/]/.test(key) && ![...OURS, ...OF_THE_COMMAND_LINE].includes(key))
    .map((key) => {
      const nearest = nearestName(key, OURS);
      const hint = nearest === undefined ? '' : `; the nearest is "${nearest}"`;
      return `context: expected -c ${OURS.join(', -c ')}, got "${key}"${hint}`;
    });
  if (problems.length > 0) throw new DefinitionError('stack', problems);
}
