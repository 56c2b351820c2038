import type { FargateCompute } from '@taskfleet/toolbox/contract';
import {
  AdjustmentType,
  CfnScalingPolicy,
  ScalableTarget,
  ServiceNamespace,
  StepScalingAction,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { ApplicationScalingAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { FargateService } from 'aws-cdk-lib/aws-ecs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface WorkerScalingProps {
  readonly service: FargateService;
  /** Whose waiting messages are counted together. */
  readonly queues: readonly IQueue[];
  readonly scale: FargateCompute['scale'];
}

const PERIOD_SECONDS = 60;
const SCALE_OUT_COOLDOWN_SECONDS = 60;
/** Longer than a burst's pauses: a container costs a minute's start, and its tasks are protected while they run. */
const SCALE_IN_COOLDOWN_SECONDS = 300;

/**
 * As many containers as keep the waiting messages of each at `backlogPerTask`. The messages in flight are not counted: a container that
 * works off its own is no reason for another.
 */
export class WorkerScaling extends Construct {
  constructor(scope: Construct, id: string, { service, queues, scale }: WorkerScalingProps) {
    super(scope, id);
    const target = new ScalableTarget(this, 'Target', {
      serviceNamespace: ServiceNamespace.ECS,
      resourceId: `service/${service.cluster.clusterName}/${service.serviceName}`,
      scalableDimension: 'ecs:service:DesiredCount',
      minCapacity: scale.min,
      maxCapacity: scale.max,
    });
    trackBacklog(this, { target, service, queues, backlogPerTask: scale.backlogPerTask });
    if (scale.min === 0) leaveZero(this, { target, service, queues });
  }
}

interface Scaled extends Omit<WorkerScalingProps, 'scale'> {
  readonly target: ScalableTarget;
}

/** The L2 refuses metric math in target tracking. */
function trackBacklog(
  scope: Construct,
  { target, service, queues, backlogPerTask }: Scaled & { readonly backlogPerTask: number },
): CfnScalingPolicy {
  return new CfnScalingPolicy(scope, 'Backlog', {
    policyName: `${service.node.path.replaceAll('/', '-')}-backlog`,
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.scalableTargetId,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: backlogPerTask,
      scaleOutCooldown: SCALE_OUT_COOLDOWN_SECONDS,
      scaleInCooldown: SCALE_IN_COOLDOWN_SECONDS,
      customizedMetricSpecification: { metrics: backlogMetrics(service, queues) },
    },
  });
}

/** Target tracking multiplies what runs, and so never leaves none: something that waits while nothing runs starts the first. */
function leaveZero(scope: Construct, { target, service, queues }: Scaled): void {
  const action = new StepScalingAction(scope, 'FirstAction', {
    scalingTarget: target,
    adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
    cooldown: Duration.seconds(SCALE_OUT_COOLDOWN_SECONDS),
  });
  action.addAdjustment({ adjustment: 1, lowerBound: 0 });
  const period = Duration.seconds(PERIOD_SECONDS);
  const waiting = queues.map((queue, i) => [
    waitingId(i),
    queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'max' }),
  ]);
  const running = service.metricCpuUtilization({ period, statistic: 'SampleCount' });
  const alarm = new Alarm(scope, 'First', {
    alarmDescription:
      'Messages wait and no container runs: starts the first. Not to be acted upon.',
    metric: new MathExpression({
      expression: `IF(FILL(running, 0) > 0, 0, ${sumOf(queues)})`,
      usingMetrics: { ...Object.fromEntries(waiting), running },
      period,
    }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new ApplicationScalingAction(action));
}

/** Names a queue's waiting messages in an expression. */
function waitingId(i: number): string {
  return i === 0 ? 'waiting' : `waiting${i}`;
}

/** CloudWatch has no data of a queue that nobody has used for hours: without a number, the whole sum would have none. */
function sumOf(queues: readonly IQueue[]): string {
  if (queues.length === 1) return waitingId(0);
  return `(${queues.map((_queue, i) => `FILL(${waitingId(i)}, 0)`).join(' + ')})`;
}

/**
 * Waiting messages for each container that runs. Running containers are counted by their CPU samples, one a minute each
 * (docs.aws.amazon.com/AmazonECS/latest/developerguide/cloudwatch-metrics.html, service RUNNING task count): Container Insights, which
 * has a metric for it, costs more than many fleets.
 */
function backlogMetrics(service: FargateService, queues: readonly IQueue[]) {
  const waiting = queues.map((queue) => ({
    namespace: 'AWS/SQS',
    metricName: 'ApproximateNumberOfMessagesVisible',
    dimensions: [{ name: 'QueueName', value: queue.queueName }],
  }));
  const samples = {
    namespace: 'AWS/ECS',
    metricName: 'CPUUtilization',
    dimensions: [
      { name: 'ClusterName', value: service.cluster.clusterName },
      { name: 'ServiceName', value: service.serviceName },
    ],
  };
  return [
    ...waiting.map((metric, i) => ({
      id: waitingId(i),
      metricStat: { metric, stat: 'Average' },
      returnData: false,
    })),
    { id: 'running', metricStat: { metric: samples, stat: 'SampleCount' }, returnData: false },
    {
      id: 'backlog',
      expression: `${sumOf(queues)} / IF(FILL(running, 0) > 0, running, 1)`,
      returnData: true,
    },
  ];
}
