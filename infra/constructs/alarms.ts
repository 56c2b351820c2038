import type { Priority } from '@taskfleet/toolbox/contract';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Aws, Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { PLATFORM, pascalCase } from '../outputs.ts';
import { stackName, type StageName } from '../stackNames.ts';
import type { ServiceQueue } from './serviceQueue.ts';

export interface AlarmsProps {
  readonly name: StageName;
  /** By service. */
  readonly queues: ReadonlyMap<string, ServiceQueue>;
  /** Where each service's log goes, by service. */
  readonly logGroups: ReadonlyMap<string, ILogGroup>;
  readonly tableName: string;
  /** Who is told. Left out: nobody, until somebody subscribes to the alarm topic. */
  readonly email?: string | undefined;
  readonly key?: IKey | undefined;
}

interface Watched {
  /** Of the alarm, and of its section in docs/operations.md. */
  readonly id: string;
  readonly runbook: string;
  readonly what: string;
  readonly metric: IMetric;
  /** In alarm above it. */
  readonly above: number;
  /** Periods in a row. */
  readonly periods: number;
}

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** Ten minutes without a worker, or with too few. */
const OLDEST_SECONDS = 600;

/** The tracker keeps up within seconds; people see tasks late after that. */
const TRACKER_LAG_SECONDS = 120;

/** Of the tasks that ended within five minutes. */
const FAILED_PERCENT = 20;

/** Fewer say nothing about a share. */
const ENOUGH_TASKS = 10;

/** What somebody has to be told of, each with the section of the runbook that says what to do. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly alarms: readonly Alarm[];

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      enforceSSL: true,
      ...(props.key && { masterKey: props.key }),
    });
    this.topic.addToResourcePolicy(letAlarmsTell(this.topic.topicArn, props.name));
    if (props.email !== undefined) this.topic.addSubscription(new EmailSubscription(props.email));
    const watched = [
      ...[...props.queues].flatMap(([service, queues]) => queueAlarms(service, queues)),
      ...this.#logAlarms(props),
      throttleAlarm(props.tableName),
    ];
    this.alarms = watched.map((one) => this.#addAlarm(props.name, one));
  }

  #addAlarm(name: StageName, { id, runbook, what, metric, above, periods }: Watched): Alarm {
    const alarm = new Alarm(this, id, {
      alarmName: `${stackName(name)}-${id}`,
      alarmDescription: `${what} What to do: docs/operations.md#${runbook}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    alarm.addOkAction(new SnsAction(this.topic));
    return alarm;
  }

  #logAlarms({ name, logGroups }: AlarmsProps): Watched[] {
    const namespace = `Taskfleet/${stackName(name)}`;
    return [...logGroups].flatMap(([service, logGroup]) => {
      const count = (event: string) => countEvents(this, { namespace, service, logGroup, event });
      const isPlatform = service === PLATFORM;
      return [
        openBreaker(service, count('breaker.opened')),
        isPlatform
          ? stuckDispatcher(count('dispatch.failed'))
          : failures(service, count('task.failed'), count('task.succeeded')),
      ];
    });
  }
}

/**
 * A topic without a policy of its own lets the account's alarms publish; one with a policy, here against connections without TLS,
 * has to say so (docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html).
 */
function letAlarmsTell(topic: string, name: StageName): PolicyStatement {
  const alarms = `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm`;
  return new PolicyStatement({
    sid: 'LetAlarmsTell',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic],
    conditions: { ArnLike: { 'aws:SourceArn': `${alarms}:${stackName(name)}-*` } },
  });
}

function queueAlarms(service: string, { queues, deadLetterQueue }: ServiceQueue): Watched[] {
  const id = pascalCase(service);
  const letters = new MathExpression({
    // Watched letters are hidden most of the time.
    expression: 'visible + hidden',
    usingMetrics: {
      visible: deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: MINUTE }),
      hidden: deadLetterQueue.metricApproximateNumberOfMessagesNotVisible({ period: MINUTE }),
    },
    period: MINUTE,
  });
  return [
    ...[...queues].map(([priority, queue]) => oldestAlarm(service, priority, queue)),
    {
      id: `${id}DeadLetters`,
      runbook: 'dead-letters',
      what: `Messages of ${service} could not be run.`,
      metric: letters,
      above: 0,
      periods: 1,
    },
  ];
}

function oldestAlarm(service: string, priority: Priority, queue: IQueue): Watched {
  const isPlatform = service === PLATFORM;
  const [suffix, what] = priority === 'normal' ? ['', ''] : [pascalCase(priority), ` ${priority}`];
  return {
    id: `${pascalCase(service)}Oldest${suffix}`,
    runbook: isPlatform ? 'tracker-lag' : 'oldest-message',
    what: isPlatform
      ? 'The tracker lags: tasks are listed late.'
      : `Tasks of ${service} wait too long${what && `, of priority${what}`}.`,
    metric: queue.metricApproximateAgeOfOldestMessage({ period: MINUTE }),
    above: isPlatform ? TRACKER_LAG_SECONDS : OLDEST_SECONDS,
    periods: 3,
  };
}

function openBreaker(service: string, metric: IMetric): Watched {
  return {
    id: `${pascalCase(service)}BreakerOpen`,
    runbook: 'breaker-open',
    what: `${service} takes a service that it needs for gone.`,
    metric,
    above: 0,
    periods: 1,
  };
}

function stuckDispatcher(metric: IMetric): Watched {
  return {
    id: 'DueLag',
    runbook: 'due-lag',
    what: 'What is due is not published.',
    metric,
    above: 0,
    periods: 1,
  };
}

function failures(service: string, failed: IMetric, succeeded: IMetric): Watched {
  const share = `IF(failed + succeeded >= ${ENOUGH_TASKS}, 100 * failed / (failed + succeeded), 0)`;
  return {
    id: `${pascalCase(service)}Failures`,
    runbook: 'failures',
    what: `More than ${FAILED_PERCENT} % of the tasks of ${service} fail.`,
    metric: new MathExpression({
      expression: share,
      usingMetrics: { failed, succeeded },
      period: FIVE_MINUTES,
    }),
    above: FAILED_PERCENT,
    periods: 2,
  };
}

function throttleAlarm(tableName: string): Watched {
  const throttled = (metricName: string) =>
    new Metric({
      namespace: 'AWS/DynamoDB',
      metricName,
      dimensionsMap: { TableName: tableName },
      statistic: 'sum',
      period: FIVE_MINUTES,
    });
  return {
    id: 'TableThrottles',
    runbook: 'throttles',
    what: 'The table refuses requests for want of capacity.',
    metric: new MathExpression({
      expression: 'FILL(reads, 0) + FILL(writes, 0)',
      usingMetrics: {
        reads: throttled('ReadThrottleEvents'),
        writes: throttled('WriteThrottleEvents'),
      },
      period: FIVE_MINUTES,
    }),
    above: 10,
    periods: 2,
  };
}

interface Counted {
  readonly namespace: string;
  readonly service: string;
  readonly logGroup: ILogGroup;
  /** A key of `LogEvents`. */
  readonly event: string;
}

/** How often a service logs an event, from its log: no program has to send metrics, or the right to. */
function countEvents(scope: Construct, { namespace, service, logGroup, event }: Counted): Metric {
  const name = event.split('.').map(pascalCase).join('');
  const filter = new MetricFilter(scope, `${pascalCase(service)}${name}`, {
    logGroup,
    filterPattern: FilterPattern.stringValue('$.event', '=', event),
    metricNamespace: namespace,
    metricName: `${service}/${event}`,
    defaultValue: 0,
  });
  return filter.metric({ statistic: 'sum', period: FIVE_MINUTES });
}
