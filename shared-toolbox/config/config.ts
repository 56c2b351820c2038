import type { Endpoints } from '../aws/index.ts';
import { endpointsFitStage, fleetSettings } from './fleetSettings.ts';
import { readConfig } from './readConfig.ts';
import type { SettingsOf, Worker } from '../contract/index.ts';
import type { Environment } from './readSettings.ts';
import { queuesFitPriorities, serviceSettings } from './serviceSettings.ts';
import type { ConfigOf, Given, Setting } from './setting.ts';

type EndpointName = 'snsEndpoint' | 'sqsEndpoint' | 'dynamodbEndpoint' | 's3Endpoint';

type WithEndpoints<C> = Omit<C, EndpointName> & { readonly endpoints: Endpoints | undefined };

/** What it takes to schedule and to read: the stage's topic, table and bucket. */
export type FleetConfig = WithEndpoints<ConfigOf<typeof fleetSettings>>;

/** What a worker or the platform needs: the above and its own queue. */
export type ServiceConfig = WithEndpoints<ConfigOf<typeof serviceSettings>>;

/** What a program that schedules may say instead of its environment, by the settings' names. */
export type FleetArguments = Given<typeof fleetSettings>;

/** What a worker's program may say instead of its environment. */
export type ServiceArguments = Given<typeof serviceSettings>;

/** Throws ConfigError. */
export function fleetConfig(environment: Environment, given?: FleetArguments): FleetConfig {
  const rules = [endpointsFitStage];
  return withEndpoints(readConfig(fleetSettings, environment, { given, rules }));
}

export interface ServiceConfigOptions {
  readonly given?: ServiceArguments | undefined;
  /** Whether the service is a worker that has them. Default: no. */
  readonly priorities?: boolean;
}

/** Throws ConfigError. */
export function serviceConfig(
  environment: Environment,
  { given, priorities = false }: ServiceConfigOptions = {},
): ServiceConfig {
  const rules = [endpointsFitStage, queuesFitPriorities(priorities)];
  return withEndpoints(readConfig(serviceSettings, environment, { given, rules }));
}

type Configured = Pick<Worker, 'priorities' | 'settings'>;

/** What a worker is told as every worker is, and what its contract has it told besides. */
export interface WorkerConfig<W extends Configured> {
  readonly service: ServiceConfig;
  readonly settings: SettingsOf<W>;
}

/** Reads both at once, so that all that is wrong is told in one message. Throws ConfigError. */
export function workerConfig<W extends Configured>(
  { priorities, settings }: W,
  environment: Environment,
  given?: ServiceArguments,
): WorkerConfig<W> {
  // Under names that no setting of every worker has.
  const own: Record<string, Setting> = Object.fromEntries(
    Object.entries(settings).map(([name, setting]) => [`${OWN}${name}`, setting]),
  );
  const all: typeof serviceSettings = { ...serviceSettings, ...own };
  const rules = [endpointsFitStage, queuesFitPriorities(priorities)];
  const read = Object.entries(readConfig(all, environment, { given, rules }));
  const service = Object.fromEntries(read.filter((one) => !isOwn(one)));
  const values = read.filter(isOwn).map(([name, value]) => [name.slice(OWN.length), value]);
  return {
    service: withEndpoints(service as ConfigOf<typeof serviceSettings>),
    settings: Object.freeze(Object.fromEntries(values)) as SettingsOf<W>,
  };
}

/** Only what a worker's contract has it told. Throws ConfigError. */
export function workerSettings<W extends Pick<Worker, 'settings'>>(
  { settings }: W,
  environment: Environment,
): SettingsOf<W> {
  return readConfig(settings, environment) as SettingsOf<W>;
}

const OWN = 'settings.';

function isOwn([name]: [string, unknown]): boolean {
  return name.startsWith(OWN);
}

/** The emulators' addresses as one value, which is there as a whole or not at all. */
export function withEndpoints<C extends ConfigOf<typeof fleetSettings>>(
  config: C,
): WithEndpoints<C> {
  const {
    snsEndpoint: sns,
    sqsEndpoint: sqs,
    dynamodbEndpoint: dynamodb,
    s3Endpoint: s3,
    ...rest
  } = config;
  const complete = sns && sqs && dynamodb && s3;
  const whole = { ...rest, endpoints: complete ? { sns, sqs, dynamodb, s3 } : undefined };
  Object.freeze(whole);
  return whole;
}
