import { mapReferences } from './references.ts';
import type { Template, TemplateResource } from './template.ts';
import { z } from 'zod';

export interface Simplified {
  readonly template: Template;
  /** Logical ids of what is deployed otherwise than the app wrote it. */
  readonly simplified: readonly string[];
}

const metric = z.object({
  MetricName: z.string(),
  Namespace: z.string(),
  Dimensions: z.unknown().optional(),
});
const ofMath = z.object({
  Metrics: z.array(
    z.looseObject({
      MetricStat: z
        .looseObject({ Metric: metric, Stat: z.string(), Period: z.number() })
        .optional(),
    }),
  ),
});

/**
 * A template that the emulator takes. It refuses alarms on metric math, and does not know the attribute `CidrBlock` of a VPC: an alarm then watches
 * the first of its metrics, with everything else as it was, and the attribute's value stands where it was asked for.
 */
export function simplify(template: Template): Simplified {
  const replaced = new Set<string>();
  const entries = Object.entries(template.Resources).map(([id, resource]) => {
    const one = withoutMath(resource);
    const whole = mapReferences(one, ({ logicalId, attribute }) => {
      if (attribute !== 'CidrBlock') return undefined;
      replaced.add(id);
      return template.Resources[logicalId]?.Properties['CidrBlock'];
    });
    if (one !== resource) replaced.add(id);
    return [id, whole] as const;
  });
  const Resources = Object.fromEntries(entries) as Template['Resources'];
  return { template: { ...template, Resources }, simplified: [...replaced] };
}

function withoutMath(resource: TemplateResource): TemplateResource {
  const math = ofMath.safeParse(resource.Properties);
  if (resource.Type !== 'AWS::CloudWatch::Alarm' || !math.success) return resource;
  const { Metrics: _, ...others } = resource.Properties;
  const first = math.data.Metrics.find(({ MetricStat }) => MetricStat)?.MetricStat;
  if (!first) return resource;
  const { Metric, Period } = first;
  return { ...resource, Properties: { ...others, ...Metric, Period, Statistic: 'Sum' } };
}
