import type { Question } from '../askAws.ts';

/** A deployed resource, as questions about it need it. */
export interface Deployed {
  readonly physicalId: string;
  /** Of the template, with references resolved to physical ids. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** How to see with a describe call that something is there: what it finds is true, or it is not. */
export interface Check {
  readonly type: string;
  /** Checked only where the template has it. Default: the check is about the resource itself. */
  readonly property?: string;
  readonly question: (resource: Deployed) => Question;
}

type ToParameters = (resource: Deployed) => Readonly<Record<string, unknown>>;

const queue: ToParameters = ({ physicalId }) => ({
  QueueUrl: physicalId,
  AttributeNames: ['All'],
});
const queueOfPolicy: ToParameters = ({ properties }) => ({
  QueueUrl: first(properties['Queues']),
  AttributeNames: ['All'],
});
const topic: ToParameters = ({ physicalId }) => ({ TopicArn: physicalId });
const topicOfPolicy: ToParameters = ({ properties }) => ({ TopicArn: first(properties['Topics']) });
const subscription: ToParameters = ({ physicalId }) => ({ SubscriptionArn: physicalId });
const table: ToParameters = ({ physicalId }) => ({ TableName: physicalId });
const bucket: ToParameters = ({ physicalId }) => ({ Bucket: physicalId });
const bucketOfPolicy: ToParameters = ({ properties }) => ({ Bucket: properties['Bucket'] });
const ids =
  (parameter: string): ToParameters =>
  ({ physicalId }) => ({ [parameter]: [physicalId] });

/** `type[.property]`, service and operation, parameters, what is found. */
const ROWS: readonly (readonly [string, string, ToParameters, string])[] = [
  ['AWS::SQS::Queue', 'sqs.get_queue_attributes', queue, 'Attributes.QueueArn'],
  ['AWS::SQS::Queue.RedrivePolicy', 'sqs.get_queue_attributes', queue, 'Attributes.RedrivePolicy'],
  [
    'AWS::SQS::Queue.FifoThroughputLimit',
    'sqs.get_queue_attributes',
    queue,
    'Attributes.FifoThroughputLimit',
  ],
  ['AWS::SQS::QueuePolicy', 'sqs.get_queue_attributes', queueOfPolicy, 'Attributes.Policy'],
  ['AWS::SNS::Topic', 'sns.get_topic_attributes', topic, 'Attributes.TopicArn'],
  ['AWS::SNS::Topic.FifoTopic', 'sns.get_topic_attributes', topic, 'Attributes.FifoTopic'],
  [
    'AWS::SNS::Topic.FifoThroughputScope',
    'sns.get_topic_attributes',
    topic,
    'Attributes.FifoThroughputScope',
  ],
  [
    'AWS::SNS::TopicPolicy',
    'sns.get_topic_attributes',
    topicOfPolicy,
    "contains(Attributes.Policy || '', 'SecureTransport')",
  ],
  ['AWS::SNS::Subscription', 'sns.get_subscription_attributes', subscription, 'Attributes'],
  [
    'AWS::SNS::Subscription.FilterPolicy',
    'sns.get_subscription_attributes',
    subscription,
    'Attributes.FilterPolicy',
  ],
  [
    'AWS::SNS::Subscription.RawMessageDelivery',
    'sns.get_subscription_attributes',
    subscription,
    "Attributes.RawMessageDelivery == 'true'",
  ],
  ['AWS::DynamoDB::Table', 'dynamodb.describe_table', table, 'Table.TableName'],
  [
    'AWS::DynamoDB::Table.GlobalSecondaryIndexes',
    'dynamodb.describe_table',
    table,
    'Table.GlobalSecondaryIndexes',
  ],
  [
    'AWS::DynamoDB::Table.TimeToLiveSpecification',
    'dynamodb.describe_time_to_live',
    table,
    "TimeToLiveDescription.TimeToLiveStatus == 'ENABLED'",
  ],
  [
    'AWS::DynamoDB::Table.PointInTimeRecoverySpecification',
    'dynamodb.describe_continuous_backups',
    table,
    "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus == 'ENABLED'",
  ],
  ['AWS::S3::Bucket', 's3.get_bucket_location', bucket, '@'],
  [
    'AWS::S3::Bucket.BucketEncryption',
    's3.get_bucket_encryption',
    bucket,
    'ServerSideEncryptionConfiguration',
  ],
  [
    'AWS::S3::Bucket.LifecycleConfiguration',
    's3.get_bucket_lifecycle_configuration',
    bucket,
    'Rules',
  ],
  [
    'AWS::S3::Bucket.PublicAccessBlockConfiguration',
    's3.get_public_access_block',
    bucket,
    'PublicAccessBlockConfiguration.BlockPublicAcls',
  ],
  ['AWS::S3::BucketPolicy', 's3.get_bucket_policy', bucketOfPolicy, 'Policy'],
  ['AWS::IAM::Role', 'iam.get_role', ({ physicalId }) => ({ RoleName: physicalId }), 'Role.Arn'],
  ['AWS::ECS::Cluster', 'ecs.describe_clusters', ids('clusters'), "clusters[?status=='ACTIVE']"],
  [
    'AWS::ECS::TaskDefinition',
    'ecs.describe_task_definition',
    ({ physicalId }) => ({ taskDefinition: physicalId }),
    "taskDefinition.status == 'ACTIVE'",
  ],
  [
    'AWS::ECS::Service',
    'ecs.describe_services',
    ({ physicalId, properties }) => ({ cluster: properties['Cluster'], services: [physicalId] }),
    "services[?status=='ACTIVE']",
  ],
  ['AWS::EC2::VPC', 'ec2.describe_vpcs', ids('VpcIds'), 'Vpcs'],
  ['AWS::EC2::Subnet', 'ec2.describe_subnets', ids('SubnetIds'), 'Subnets'],
  ['AWS::EC2::SecurityGroup', 'ec2.describe_security_groups', ids('GroupIds'), 'SecurityGroups'],
  ['AWS::CloudWatch::Alarm', 'cloudwatch.describe_alarms', ids('AlarmNames'), 'MetricAlarms'],
  [
    'AWS::Logs::LogGroup',
    'logs.describe_log_groups',
    ({ physicalId }) => ({ logGroupNamePrefix: physicalId }),
    'logGroups',
  ],
];

/** What can be seen of the types that the stack has or will have. A type that is not here is taken on the emulator's word. */
export const CHECKS: readonly Check[] = ROWS.map(([subject, call, parameters, find]) => {
  const [type = '', property] = subject.split('.');
  const [service = '', operation = ''] = call.split('.');
  return {
    type,
    ...(property !== undefined && { property }),
    question: (resource) => ({ service, operation, parameters: parameters(resource), find }),
  };
});

function first(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
