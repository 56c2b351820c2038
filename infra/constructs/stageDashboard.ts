import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { stackName, type StageName } from '../stackNames.ts';
import type { ServiceQueue } from './serviceQueue.ts';

export interface StageDashboardProps {
  readonly name: StageName;
  readonly alarms: readonly Alarm[];
  /** By service. */
  readonly queues: ReadonlyMap<string, ServiceQueue>;
}

const PERIOD = { period: Duration.minutes(1) };
const [WHOLE_WIDTH, HALF_WIDTH] = [24, 12];

/** One page for a stage: what is in alarm, what waits and for how long, what runs, what died. */
export class StageDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { name, alarms, queues }: StageDashboardProps) {
    super(scope, id);
    const dead = [...queues].map(([service, own]) => [service, own.deadLetterQueue] as const);
    const waiting = [...queues].flatMap(([service, own]) =>
      [...own.queues].map(([priority, queue]) => {
        return [priority === 'normal' ? service : `${service}, ${priority}`, queue] as const;
      }),
    );
    const graph = (title: string, of: typeof waiting, metricOf: (queue: IQueue) => Metric) =>
      new GraphWidget({
        title,
        width: HALF_WIDTH,
        left: of.map(([label, queue]) => metricOf(queue).with({ label })),
      });
    this.dashboard = new Dashboard(this, 'Page', {
      dashboardName: stackName(name),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WHOLE_WIDTH })],
        [
          graph('Waiting', waiting, (queue) =>
            queue.metricApproximateNumberOfMessagesVisible(PERIOD),
          ),
          graph('In hand', waiting, (queue) =>
            queue.metricApproximateNumberOfMessagesNotVisible(PERIOD),
          ),
        ],
        [
          graph('Oldest, in seconds', waiting, (queue) =>
            queue.metricApproximateAgeOfOldestMessage(PERIOD),
          ),
          graph('Dead letters, watched', dead, (queue) =>
            queue.metricApproximateNumberOfMessagesNotVisible(PERIOD),
          ),
        ],
      ],
    });
  }
}
