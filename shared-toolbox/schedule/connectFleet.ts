import { createClients } from '../aws/index.ts';
import type { BreakerOptions } from '../breaker/index.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type Environment, type FleetArguments, fleetConfig } from '../config/index.ts';
import type { Fleet } from '../contract/index.ts';
import type { Hooks } from '../hooks/index.ts';
import type { Log } from '../log/index.ts';
import { createScheduler, type Scheduler } from './createScheduler.ts';

export interface ConnectOptions {
  /** Against which a canvas is checked for tasks that nobody handles. Default: nothing is checked. */
  readonly fleet?: Fleet;
  /** When the topic counts as unavailable. Default: BREAKER_DEFAULTS. */
  readonly breaker?: Partial<BreakerOptions>;
  /** Who is told of what is scheduled. Default: nobody. */
  readonly hooks?: readonly Hooks[];
  /** Where the breaker says that it opened and closed, and which hooks failed. Default: nowhere. */
  readonly log?: Pick<Log, 'event'>;
  /** Whose time it is. Default: the system's. */
  readonly clock?: Clock;
  /** Settings that go before the environment, such as `{ stage: 'prod' }`: docs/configuration.md. Default: none. */
  readonly config?: FleetArguments;
}

/**
 * A fleet as a web application or any other program sees it: `schedule()` and `availability()`. Takes the environment that the
 * stack's outputs give, such as `process.env`; makes no call by itself. Throws ConfigError naming everything that is missing, wrong
 * or a misspelled variable of ours.
 *
 * @example const fleet = connectFleet(process.env);
 */
export function connectFleet(
  environment: Environment,
  { config: given, ...options }: ConnectOptions = {},
): Scheduler {
  const config = fleetConfig(environment, given);
  const { sns, dynamodb, s3 } = createClients(config);
  const { topicArn, tableName, bucketName } = config;
  return createScheduler({
    clock: systemClock,
    ...options,
    sns,
    topicArn,
    table: { dynamodb, tableName },
    bucket: { s3, bucketName },
  });
}
