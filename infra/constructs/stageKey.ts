import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Aws, RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { stackName, type StageName, topicName } from '../stackNames.ts';

/** In place of an ARN: a key of the stage's own. */
export const CREATED_KEY = 'create';

export interface StageKeyProps {
  readonly name: StageName;
  /** `create`, or the ARN of a key in the stack's account and region. Its policy has to allow what `docs/deployment.md` says. */
  readonly encryptionKey: string;
}

/**
 * The customer's key that a stage's topic, queues, table, bucket and logs are encrypted with. Its policy allows the services that
 * use it by themselves; roles are allowed by their own policies (`useKey`).
 */
export class StageKey extends Construct {
  /**
   * By its ARN, for one made here too: the CDK would otherwise write the topic into the policy of the key that the topic waits for,
   * a circle that CloudFormation refuses, and nothing could be said of an existing key's.
   */
  readonly key: IKey;

  constructor(scope: Construct, id: string, { name, encryptionKey }: StageKeyProps) {
    super(scope, id);
    const arn = encryptionKey === CREATED_KEY ? this.#create(name).keyArn : encryptionKey;
    this.key = Key.fromKeyArn(this, 'Key', arn);
  }

  #create(name: StageName): Key {
    const key = new Key(this, 'Created', {
      alias: `alias/${stackName(name)}`,
      description: `Everything that the stage ${stackName(name)} keeps`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const statement of serviceStatements(name)) key.addToResourcePolicy(statement);
    return key;
  }
}

/** Services that nobody's role stands behind when they use the key. */
function serviceStatements(name: StageName): PolicyStatement[] {
  const { PARTITION, REGION, ACCOUNT_ID } = Aws;
  const here = (service: string) => `arn:${PARTITION}:${service}:${REGION}:${ACCOUNT_ID}`;
  return [
    new PolicyStatement({
      sid: 'LetTheTopicDeliver',
      principals: [new ServicePrincipal('sns.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
      conditions: { ArnEquals: { 'aws:SourceArn': `${here('sns')}:${topicName(name)}` } },
    }),
    new PolicyStatement({
      // Without a condition, which is not documented for the key: an alarm that may not tell anybody is the worse failure.
      sid: 'LetAlarmsTell',
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
    new PolicyStatement({
      sid: 'LetLogsBeKept',
      principals: [new ServicePrincipal(`logs.${REGION}.amazonaws.com`)],
      actions: [
        'kms:Encrypt',
        'kms:Decrypt',
        'kms:ReEncryptFrom',
        'kms:ReEncryptTo',
        'kms:GenerateDataKey',
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: {
        ArnLike: {
          'kms:EncryptionContext:aws:logs:arn': `${here('logs')}:log-group:${stackName(name)}-*`,
        },
      },
    }),
  ];
}
