/**
 * AWS's list prices, in one place: US dollars, on demand, first tier, without free tiers and tax. AWS's pages draw their tables by script,
 * so that the figures were read from public copies of its price lists, on the day below. What has no such source has no price here: the
 * estimate then names it as not included. Whoever changes a figure changes the dates too.
 */
export const PRICES_SEEN_ON = '2026-11-21';

/** The page of each price, and the date of the price list that it was read from, where the source gives one. */
export const SOURCES = {
  sns: { page: 'https://aws.amazon.com/sns/pricing/', listOf: '2026-09-15' },
  sqs: { page: 'https://aws.amazon.com/sqs/pricing/', listOf: '2025-08-28' },
  dynamodb: { page: 'https://aws.amazon.com/dynamodb/pricing/on-demand/', listOf: '2026-08-15' },
  s3: { page: 'https://aws.amazon.com/s3/pricing/', listOf: '2026-08-07' },
  fargate: { page: 'https://aws.amazon.com/fargate/pricing/', listOf: '2026-07-07' },
  lambda: { page: 'https://aws.amazon.com/lambda/pricing/' },
  cloudwatch: { page: 'https://aws.amazon.com/cloudwatch/pricing/', listOf: '2026-08-06' },
  dashboards: { page: 'https://aws.amazon.com/cloudwatch/pricing/' },
  vpc: { page: 'https://aws.amazon.com/vpc/pricing/' },
  privatelink: { page: 'https://aws.amazon.com/privatelink/pricing/', listOf: '2026-07-24' },
} as const satisfies Readonly<Record<string, { readonly page: string; readonly listOf?: string }>>;

export const REGIONS = ['us-east-1', 'eu-central-1'] as const;
export type Region = (typeof REGIONS)[number];

interface Price {
  /** As people know it. */
  readonly service: string;
  readonly source: keyof typeof SOURCES;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** So many units cost what the region says. */
  readonly per: number;
  /** Dollars. A region that is left out has no sourced price. */
  readonly usd: Readonly<Partial<Record<Region, number>>>;
}

const MILLION = 1_000_000;

const everywhere = (usd: number) => ({ 'us-east-1': usd, 'eu-central-1': usd });
const each = (east: number, frankfurt: number) => ({
  'us-east-1': east,
  'eu-central-1': frankfurt,
});
const eastOnly = (usd: number) => ({ 'us-east-1': usd });

const sns = { service: 'SNS FIFO', source: 'sns' } as const;
const dynamodb = { service: 'DynamoDB', source: 'dynamodb' } as const;
const s3 = { service: 'S3', source: 's3' } as const;
const fargate = { service: 'Fargate', source: 'fargate' } as const;
const lambda = { service: 'Lambda', source: 'lambda' } as const;
const cloudwatch = { service: 'CloudWatch', source: 'cloudwatch' } as const;
const endpoint = { service: 'VPC endpoints', source: 'privatelink' } as const;

/** A GB is 10⁹ bytes here, which is never less than what AWS takes it for. */
export const PRICES = {
  publishes: { ...sns, unit: 'requests', per: MILLION, usd: eastOnly(0.3) },
  publishedGb: { ...sns, unit: 'GB', per: 1, usd: eastOnly(0.017) },
  /** Published messages times subscriptions, filtered out or not. */
  deliveries: { ...sns, unit: 'messages', per: MILLION, usd: eastOnly(0.01) },
  deliveredGb: { ...sns, unit: 'GB', per: 1, usd: eastOnly(0.001) },
  /** Each started 64 KB of messages is a request. */
  queueRequests: {
    service: 'SQS FIFO',
    source: 'sqs',
    unit: 'requests',
    per: MILLION,
    usd: everywhere(0.5),
  },
  writeUnits: { ...dynamodb, unit: 'write units', per: MILLION, usd: each(0.625, 0.7625) },
  readUnits: { ...dynamodb, unit: 'read units', per: MILLION, usd: each(0.125, 0.1525) },
  tableGbMonths: { ...dynamodb, unit: 'GB-months', per: 1, usd: each(0.25, 0.306) },
  /** Point-in-time recovery. */
  recoveryGbMonths: { ...dynamodb, unit: 'GB-months', per: 1, usd: each(0.2, 0.2448) },
  puts: { ...s3, unit: 'requests', per: 1_000, usd: each(0.005, 0.0054) },
  gets: { ...s3, unit: 'requests', per: 1_000, usd: each(0.0004, 0.00043) },
  bucketGbMonths: { ...s3, unit: 'GB-months', per: 1, usd: each(0.023, 0.0245) },
  /** Linux on x86. */
  vcpuHours: { ...fargate, unit: 'vCPU-hours', per: 1, usd: each(0.04048, 0.04656) },
  memoryGbHours: { ...fargate, unit: 'GB-hours', per: 1, usd: each(0.004445, 0.00511) },
  invocations: { ...lambda, unit: 'requests', per: MILLION, usd: everywhere(0.2) },
  /** On x86. */
  functionGbSeconds: { ...lambda, unit: 'GB-seconds', per: 1, usd: everywhere(0.0000166667) },
  /** Standard resolution; an alarm on a sum of three metrics is three. */
  alarmMetrics: { ...cloudwatch, unit: 'alarm metrics', per: 1, usd: everywhere(0.1) },
  customMetrics: { ...cloudwatch, unit: 'metrics', per: 1, usd: everywhere(0.3) },
  dashboards: {
    ...cloudwatch,
    source: 'dashboards',
    unit: 'dashboards',
    per: 1,
    usd: everywhere(3),
  },
  logGb: { ...cloudwatch, unit: 'GB', per: 1, usd: each(0.5, 0.63) },
  logGbMonths: { ...cloudwatch, unit: 'GB-months', per: 1, usd: each(0.03, 0.0324) },
  /** Public IPv4. */
  addressHours: {
    service: 'Public addresses',
    source: 'vpc',
    unit: 'hours',
    per: 1,
    usd: everywhere(0.005),
  },
  endpointHours: { ...endpoint, unit: 'hours', per: 1, usd: each(0.01, 0.012) },
  endpointGb: { ...endpoint, unit: 'GB', per: 1, usd: everywhere(0.01) },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof PRICES;

/** Dollars for `per` units; undefined where no source gives it. */
export function priceIn(name: PriceName, region: Region): number | undefined {
  const { usd }: Price = PRICES[name];
  return usd[region];
}
