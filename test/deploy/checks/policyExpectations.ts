import type { Question } from '../askAws.ts';
import type { DeployedTemplate } from './deployedTemplate.ts';
import type { Expectation } from './expectation.ts';

type Properties = Readonly<Record<string, unknown>>;

interface PolicyCall {
  /** Of the template: who the policy is of. */
  readonly of: string;
  readonly ask: (owner: unknown, properties: Properties) => Question;
}

const POLICY_CALLS: Readonly<Record<string, PolicyCall>> = {
  'AWS::IAM::Policy': {
    of: 'Roles',
    ask: (RoleName, { PolicyName }) => ({
      service: 'iam',
      operation: 'get_role_policy',
      parameters: { RoleName, PolicyName },
      find: 'PolicyDocument',
    }),
  },
  'AWS::SQS::QueuePolicy': {
    of: 'Queues',
    ask: (QueueUrl) => ({
      service: 'sqs',
      operation: 'get_queue_attributes',
      parameters: { QueueUrl, AttributeNames: ['Policy'] },
      find: 'Attributes.Policy',
    }),
  },
  'AWS::SNS::TopicPolicy': {
    of: 'Topics',
    ask: (TopicArn) => ({
      service: 'sns',
      operation: 'get_topic_attributes',
      parameters: { TopicArn },
      find: 'Attributes.Policy',
    }),
  },
  'AWS::S3::BucketPolicy': {
    of: 'Bucket',
    ask: (Bucket) => ({
      service: 's3',
      operation: 'get_bucket_policy',
      parameters: { Bucket },
      find: 'Policy',
    }),
  },
};

/** Every policy is on what it is for, word by word, with the names and ARNs of what was deployed. */
export function policyExpectations(template: DeployedTemplate): Expectation[] {
  return Object.entries(POLICY_CALLS).flatMap(([type, { of, ask }]) =>
    template.all(type, [of, 'PolicyName', 'PolicyDocument']).map(({ logicalId, properties }) => ({
      what: logicalId,
      question: ask([properties[of]].flat()[0], properties),
      expected: properties['PolicyDocument'],
      read: (found: unknown) => (typeof found === 'string' ? JSON.parse(found) : found),
    })),
  );
}
