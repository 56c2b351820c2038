import { defineFleet, defineTask, defineWorker, type Duration } from '@taskfleet/toolbox/contract';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createApp } from '../createApp.ts';
import { FleetStack } from '../fleetStack.ts';
import { offloadRules } from './offloadRules.ts';

function fleetWith(retentions: readonly Duration[]) {
  const anything = { input: z.json(), output: z.json() };
  const tasks = retentions.map((retention, i) =>
    defineTask(`export.t${i}`, { ...anything, retention }),
  );
  return defineFleet([defineWorker('export', { tasks })]);
}

/** Of the bucket in the template: prefix and days of every rule that ends objects. */
function expirations(retentions: readonly Duration[]): unknown {
  const app = createApp({ builtinCloudFormationValidation: false });
  const stack = new FleetStack(app, 'Fleet', { fleet: fleetWith(retentions), stage: 'dev' });
  const [bucket] = Object.values(Template.fromStack(stack).findResources('AWS::S3::Bucket'));
  const rules: readonly Record<string, unknown>[] =
    bucket?.['Properties'].LifecycleConfiguration.Rules;
  return rules
    .filter(({ ExpirationInDays }) => ExpirationInDays !== undefined)
    .map(({ Prefix, ExpirationInDays, Status }) => [Prefix, ExpirationInDays, Status]);
}

describe('the bucket', () => {
  it('ends the values of each retention once, and what none has any more', () => {
    expect(expirations(['30d', '1h', '24h', '25h', '30d'])).toEqual([
      ['offload/16d/', 16, 'Enabled'],
      ['offload/17d/', 17, 'Enabled'],
      ['offload/45d/', 45, 'Enabled'],
      ['offload/60d/', 60, 'Enabled'],
      ['offload/400d/', 400, 'Enabled'],
      ['offload/', 7_315, 'Enabled'],
    ]);
  });

  it('has as many rules as S3 takes, and refuses more at synthesis', () => {
    const days = (count: number) => Array.from({ length: count }, (_, i): Duration => `${i + 1}d`);
    // With the rule for broken uploads they are 1,000, as two of these are the same as those of what waits.
    expect(offloadRules(fleetWith(days(996)))).toHaveLength(997);
    expect(() => expirations(days(997))).toThrow(
      'bucket: expected tasks of at most 996 different retentions',
    );
  });
});
