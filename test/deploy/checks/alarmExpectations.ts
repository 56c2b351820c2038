import type { DeployedTemplate } from './deployedTemplate.ts';
import type { Expectation } from './expectation.ts';

const PROPERTIES = [
  'AlarmDescription',
  'AlarmActions',
  'OKActions',
  'Threshold',
  'EvaluationPeriods',
  'ComparisonOperator',
  'TreatMissingData',
] as const;

/** Alarms tell their topic at what the template says, and the stage's page shows all of them. */
export function alarmExpectations(template: DeployedTemplate): Expectation[] {
  const alarms = template.all('AWS::CloudWatch::Alarm', PROPERTIES);
  const selected = PROPERTIES.map((name) => `${name}: ${name}`).join(', ');
  const each = alarms.map(({ logicalId, physicalId, properties }) => ({
    what: logicalId,
    question: {
      service: 'cloudwatch',
      operation: 'describe_alarms',
      parameters: { AlarmNames: [physicalId] },
      find: `MetricAlarms[].{${selected}}`,
    },
    expected: [properties],
  }));
  const names = alarms.map(({ physicalId }) => physicalId).toSorted();
  const pages = template.all('AWS::CloudWatch::Dashboard', []);
  const shown = pages.map(({ logicalId, physicalId }) => ({
    what: logicalId,
    question: {
      service: 'cloudwatch',
      operation: 'get_dashboard',
      parameters: { DashboardName: physicalId },
      find: 'DashboardBody',
    },
    expected: names,
    read: (body: unknown) => {
      const shownNames = [...String(body).matchAll(/:alarm:([^"\\]+)/g)].map(([, name]) => name);
      return shownNames.toSorted();
    },
  }));
  return [...each, ...shown];
}
