import { LOCAL_ACCOUNT, LOCAL_REGION, resolve, type Scope } from '@taskfleet/infra/local';
import type { Template } from '@taskfleet/infra/rules';

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': LOCAL_ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': LOCAL_REGION,
  'AWS::StackName': 'taskfleet-local',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** What `Ref` and `Arn` would be of each resource of a template that nobody has deployed: in the emulators' account, with made-up names. */
export function madeUp({ Resources }: Template): Scope {
  const nameOf = (id: string) => {
    const { QueueName, TopicName = QueueName } = Resources[id]?.Properties ?? {};
    return typeof TopicName === 'string' ? TopicName : id;
  };
  const arnOf = (id: string) => arn(Resources[id]?.Type ?? '', nameOf(id));
  return {
    ref: (name) => {
      const isTopic = Resources[name]?.Type === 'AWS::SNS::Topic';
      return PSEUDO_PARAMETERS[name] ?? (isTopic ? arnOf(name) : nameOf(name));
    },
    attribute: (id, attribute) => (attribute.endsWith('Arn') ? arnOf(id) : `${id}.${attribute}`),
  };
}

/** A value of the template with its references made up. */
export function resolved(template: Template, value: unknown, path: string): unknown {
  return resolve(value, madeUp(template), path);
}

function arn(type: string, name: string): string {
  const place = `${LOCAL_REGION}:${LOCAL_ACCOUNT}`;
  if (type === 'AWS::S3::Bucket') return `arn:aws:s3:::${name}`;
  if (type === 'AWS::DynamoDB::Table') return `arn:aws:dynamodb:${place}:table/${name}`;
  const [, service = 'none'] = type.toLowerCase().split('::');
  return `arn:aws:${service}:${place}:${name}`;
}
