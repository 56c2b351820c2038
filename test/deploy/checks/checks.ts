import type { Question } from '../askAws.ts';
import { see } from './see.ts';

/** A deployed resource, as questions about it need it. */
export interface Deployed {
  readonly physicalId: string;
  /** Of the template, with references replaced by physical ids. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Asks whether something is there: an answer that finds nothing, or false, says no. */
export type Check = (resource: Deployed) => Question;

/** Describe calls for one type of resource. */
export interface Checks {
  readonly exists: Check;
  /** Asked for each property that the template gives. */
  readonly properties?: Readonly<Record<string, Check>>;
}

const queue = see('sqs.get_queue_attributes', ({ physicalId }) => queueParameters(physicalId));
const topic = see('sns.get_topic_attributes', ({ physicalId }) => ({ TopicArn: physicalId }));
const subscription = see('sns.get_subscription_attributes', ({ physicalId }) => ({
  SubscriptionArn: physicalId,
}));
const inBucket = (operation: string) =>
  see(`s3.${operation}`, ({ physicalId }) => ({ Bucket: physicalId }));
const ofTable = (operation: string) =>
  see(`dynamodb.${operation}`, ({ physicalId }) => ({ TableName: physicalId }));
const listed = (call: string, parameter: string) =>
  see(call, ({ physicalId }) => ({ [parameter]: [physicalId] }));
const mapping = see('lambda.get_event_source_mapping', ({ physicalId }) => ({
  UUID: physicalId,
}));

/** By type. One that is not here is taken on the word of the stack's list, and told as such. */
export const CHECKS: Readonly<Record<string, Checks>> = {
  'AWS::SQS::Queue': {
    exists: queue('Attributes.QueueArn'),
    properties: {
      RedrivePolicy: queue('Attributes.RedrivePolicy'),
      FifoThroughputLimit: queue('Attributes.FifoThroughputLimit'),
      DeduplicationScope: queue('Attributes.DeduplicationScope'),
    },
  },
  'AWS::SQS::QueuePolicy': {
    exists: see('sqs.get_queue_attributes', ({ properties: { Queues } }) =>
      queueParameters(first(Queues)),
    )('Attributes.Policy'),
  },
  'AWS::SNS::Topic': {
    exists: topic('Attributes.TopicArn'),
    properties: {
      FifoTopic: topic('Attributes.FifoTopic'),
      FifoThroughputScope: topic('Attributes.FifoThroughputScope'),
    },
  },
  'AWS::SNS::TopicPolicy': {
    // Every topic has one by itself; ours says this.
    exists: see('sns.get_topic_attributes', ({ properties: { Topics } }) => ({
      TopicArn: first(Topics),
    }))("contains(Attributes.Policy || '', 'aws:SecureTransport')"),
  },
  'AWS::SNS::Subscription': {
    exists: subscription('Attributes'),
    properties: {
      FilterPolicy: subscription('Attributes.FilterPolicy'),
      RawMessageDelivery: subscription("Attributes.RawMessageDelivery == 'true'"),
    },
  },
  'AWS::DynamoDB::Table': {
    exists: ofTable('describe_table')('Table.TableName'),
    properties: {
      GlobalSecondaryIndexes: ofTable('describe_table')('Table.GlobalSecondaryIndexes'),
      TimeToLiveSpecification: ofTable('describe_time_to_live')(
        "TimeToLiveDescription.TimeToLiveStatus == 'ENABLED'",
      ),
      PointInTimeRecoverySpecification: ofTable('describe_continuous_backups')(
        "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus == 'ENABLED'",
      ),
    },
  },
  'AWS::S3::Bucket': {
    exists: inBucket('get_bucket_location')('@'),
    properties: {
      BucketEncryption: inBucket('get_bucket_encryption')('ServerSideEncryptionConfiguration'),
      LifecycleConfiguration: inBucket('get_bucket_lifecycle_configuration')('Rules'),
      PublicAccessBlockConfiguration: inBucket('get_public_access_block')(
        'PublicAccessBlockConfiguration.BlockPublicAcls',
      ),
    },
  },
  'AWS::S3::BucketPolicy': {
    exists: see('s3.get_bucket_policy', ({ properties: { Bucket } }) => ({ Bucket }))('Policy'),
  },
  'AWS::IAM::Role': {
    exists: see('iam.get_role', ({ physicalId }) => ({ RoleName: physicalId }))('Role.Arn'),
  },
  'AWS::IAM::Policy': {
    exists: see('iam.get_role_policy', ({ properties: { Roles, PolicyName } }) => ({
      RoleName: first(Roles),
      PolicyName,
    }))('PolicyDocument'),
  },
  'AWS::Lambda::Function': {
    exists: see('lambda.get_function', ({ physicalId }) => ({ FunctionName: physicalId }))(
      'Configuration.FunctionArn',
    ),
  },
  'AWS::Lambda::EventSourceMapping': {
    exists: mapping('UUID'),
    properties: {
      BatchSize: mapping('BatchSize'),
      FunctionResponseTypes: mapping('FunctionResponseTypes'),
      ScalingConfig: mapping('ScalingConfig.MaximumConcurrency'),
    },
  },
  'AWS::ECS::Cluster': {
    exists: listed('ecs.describe_clusters', 'clusters')("clusters[?status=='ACTIVE']"),
  },
  'AWS::ECS::TaskDefinition': {
    exists: see('ecs.describe_task_definition', ({ physicalId }) => ({
      taskDefinition: physicalId,
    }))("taskDefinition.status == 'ACTIVE'"),
  },
  'AWS::ECS::Service': {
    exists: see('ecs.describe_services', ({ physicalId, properties }) => ({
      cluster: properties['Cluster'],
      services: [physicalId],
    }))("services[?status=='ACTIVE']"),
  },
  'AWS::EC2::VPC': { exists: listed('ec2.describe_vpcs', 'VpcIds')('Vpcs') },
  'AWS::EC2::Subnet': { exists: listed('ec2.describe_subnets', 'SubnetIds')('Subnets') },
  'AWS::EC2::SecurityGroup': {
    exists: listed('ec2.describe_security_groups', 'GroupIds')('SecurityGroups'),
  },
  'AWS::EC2::RouteTable': {
    exists: listed('ec2.describe_route_tables', 'RouteTableIds')('RouteTables'),
  },
  'AWS::EC2::SubnetRouteTableAssociation': {
    exists: see('ec2.describe_route_tables', ({ properties: { RouteTableId } }) => ({
      RouteTableIds: [RouteTableId],
    }))('RouteTables[].Associations[].SubnetId'),
  },
  'AWS::EC2::VPCEndpoint': {
    exists: listed('ec2.describe_vpc_endpoints', 'VpcEndpointIds')('VpcEndpoints'),
    properties: {
      PolicyDocument: listed(
        'ec2.describe_vpc_endpoints',
        'VpcEndpointIds',
      )('VpcEndpoints[].PolicyDocument'),
    },
  },
  'AWS::CloudWatch::Dashboard': {
    exists: see('cloudwatch.get_dashboard', ({ physicalId }) => ({ DashboardName: physicalId }))(
      'DashboardBody',
    ),
  },
  'AWS::Logs::MetricFilter': {
    exists: see('logs.describe_metric_filters', ({ physicalId, properties }) => ({
      logGroupName: properties['LogGroupName'],
      filterNamePrefix: physicalId,
    }))('metricFilters'),
  },
  'AWS::CloudWatch::Alarm': {
    exists: listed('cloudwatch.describe_alarms', 'AlarmNames')('MetricAlarms'),
  },
  'AWS::Logs::LogGroup': {
    exists: see('logs.describe_log_groups', ({ physicalId }) => ({
      logGroupNamePrefix: physicalId,
    }))('logGroups'),
  },
};

function queueParameters(QueueUrl: unknown) {
  return { QueueUrl, AttributeNames: ['All'] };
}

function first(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
