import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FifoThroughputScope, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type StageName, topicName } from '../stackNames.ts';

export interface TaskTopicProps {
  readonly name: StageName;
  /** The customer's. Default: SNS keeps messages encrypted with its own. */
  readonly key?: IKey | undefined;
}

/**
 * The topic that every task is published to. Throughput and deduplication per message group: otherwise the topic is held
 * to 3,000 messages a second (docs.aws.amazon.com/sns/latest/dg/fifo-high-throughput.html). It cannot be taken back.
 * No deduplication by content: two equal tasks are two tasks.
 */
export class TaskTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { name, key }: TaskTopicProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: topicName(name),
      fifo: true,
      contentBasedDeduplication: false,
      fifoThroughputScope: FifoThroughputScope.MESSAGE_GROUP,
      enforceSSL: true,
      ...(key && { masterKey: key }),
    });
  }
}
