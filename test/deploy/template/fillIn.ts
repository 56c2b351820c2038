import { mapReferences, type Reference } from './references.ts';
import type { Template } from './template.ts';

/** What `Ref` gives for every resource that is there, by logical id. */
export type PhysicalIds = ReadonlyMap<string, string>;

export interface FillInOptions {
  readonly template: Template;
  readonly physicalIds: PhysicalIds;
  /** Logical ids of what shall be in the result. */
  readonly wanted: readonly string[];
  /** Of the emulator's account, in ARNs. */
  readonly accountId: string;
  readonly region: string;
}

/**
 * A template of the wanted resources alone, which refers to all others by their real names and ARNs: what local mode's
 * provisioners need to add them to a stack that is deployed. Its outputs are those that are known then.
 */
export function fillIn(options: FillInOptions): Template {
  const { template, physicalIds, wanted } = options;
  const replace = (reference: Reference) => {
    const { logicalId, attribute } = reference;
    const physicalId = physicalIds.get(logicalId);
    if (physicalId === undefined || wanted.includes(logicalId)) return undefined;
    if (attribute === undefined) return physicalId;
    return arnOf(options, template.Resources[logicalId]?.Type ?? '', physicalId);
  };
  const entries = wanted.flatMap((id) => {
    const resource = template.Resources[id];
    if (!resource) return [];
    const DependsOn = resource.DependsOn.filter((other) => wanted.includes(other));
    return [[id, mapReferences({ ...resource, DependsOn }, replace)]];
  });
  const Outputs = mapReferences(template.Outputs, replace);
  return { Resources: Object.fromEntries(entries), Outputs } as Template;
}

type ArnOptions = Pick<FillInOptions, 'accountId' | 'region'>;

/** A resource's ARN, from what `Ref` gives for it. Undefined for a type of which it is not known. */
export function arnOf(
  { accountId, region }: ArnOptions,
  type: string,
  id: string,
): string | undefined {
  const at = `${region}:${accountId}`;
  switch (type) {
    case 'AWS::SNS::Topic':
      return id;
    case 'AWS::SQS::Queue':
      return `arn:aws:sqs:${at}:${id.split('/').at(-1)}`;
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${id}`;
    case 'AWS::DynamoDB::Table':
      return `arn:aws:dynamodb:${at}:table/${id}`;
    case 'AWS::CloudWatch::Alarm':
      return `arn:aws:cloudwatch:${at}:alarm:${id}`;
    case 'AWS::Logs::LogGroup':
      return `arn:aws:logs:${at}:log-group:${id}:*`;
    default:
      return undefined;
  }
}
