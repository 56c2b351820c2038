/** Where a worker's handlers run: in containers on Fargate, or as a function on Lambda. */
export type Compute = FargateCompute | LambdaCompute;

export interface FargateOptions {
  /** CPU units of a container; 1,024 are one vCPU. 256, 512, 1,024, 2,048, 4,096, 8,192 or 16,384. Default 256. */
  readonly cpu?: number;
  /** MiB of a container. What Fargate takes depends on `cpu`: 512, 1,024 or 2,048 with the least. Default 512, or the least for `cpu`. */
  readonly memory?: number;
  /** How many containers there are. Default: from 1 to 10, by the messages that wait. */
  readonly scale?: FargateScaleOptions;
  /** Run on spare capacity, some 70 % cheaper, which AWS takes back with two minutes' notice: running tasks are then released. Default false. */
  readonly spot?: boolean;
  /**
   * TCP ports at which its containers may connect to the internet, such as 443. A stage's own network then has public subnets, and each
   * container an address; nothing may connect to it. Default: none, it reaches AWS alone.
   */
  readonly internet?: readonly number[];
}

/** Between which numbers of containers the service follows the messages that wait. */
export interface FargateScaleOptions {
  /** Fewest containers. From 0, which costs nothing while idle, and a minute or so before the first task runs. Default 1. */
  readonly min?: number;
  /** Most containers. At least 1, and `min`; at most 1,000. Default 10, or `min` when that is more. */
  readonly max?: number;
  /**
   * Messages waiting for each container that are no reason for another one: how long a task may wait, divided by how long one
   * takes, times the worker's `concurrency`. Whole number from 1. Default 100: ten tasks' time with a concurrency of 10.
   */
  readonly backlogPerTask?: number;
}

export interface FargateCompute {
  readonly kind: 'fargate';
  /** CPU units; 1,024 are one vCPU. */
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly scale: Readonly<Required<FargateScaleOptions>>;
  readonly spot: boolean;
  /** TCP ports; empty for no internet. */
  readonly internet: readonly number[];
}

export interface LambdaOptions {
  /** MB of an execution environment; 1,769 come with one vCPU, and others with their share. Whole number from 128 to 10,240. Default 1,024. */
  readonly memory?: number;
  /**
   * Most invocations at the same time, each with up to ten messages. Whole number from 2 to 1,000, and no more than tasks when each
   * of them has one group whatever its input. Default 10.
   */
  readonly maxConcurrency?: number;
}

export interface LambdaCompute {
  readonly kind: 'lambda';
  /** MB. */
  readonly memory: number;
  readonly maxConcurrency: number;
}

/** A Fargate service for the worker. Nothing is checked before `defineWorker`, which tells all problems together. */
export function fargate(options: FargateOptions = {}): FargateCompute {
  const { cpu = 256, spot = false } = options;
  const memory = options.memory ?? FARGATE_SIZES.get(cpu)?.[0] ?? NaN;
  const internet = Object.freeze([...(options.internet ?? [])]);
  const scale = scaleOf(options.scale);
  return Object.freeze({ kind: 'fargate', cpu, memory, scale, spot, internet });
}

function scaleOf(options: FargateScaleOptions = {}): FargateCompute['scale'] {
  const { min = 1, backlogPerTask = 100 } = options;
  return Object.freeze({ min, max: options.max ?? Math.max(min, 10), backlogPerTask });
}

/**
 * A Lambda function for the worker. No task of it may have a longer `timeLimit` than a function allows, and what a lost
 * environment held comes back only after the function's timeout. Checked by `defineWorker`.
 */
export function lambda({ memory = 1_024, maxConcurrency = 10 }: LambdaOptions = {}): LambdaCompute {
  return Object.freeze({ kind: 'lambda', memory, maxConcurrency });
}

export function computeProblems(compute: Compute): string[] {
  return compute.kind === 'fargate' ? fargateProblems(compute) : lambdaProblems(compute);
}

/** What Fargate sells, memory in MiB by CPU units (docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html). */
const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1_024, 2_048]],
  [512, steps(1_024, 4_096, 1_024)],
  [1_024, steps(2_048, 8_192, 1_024)],
  [2_048, steps(4_096, 16_384, 1_024)],
  [4_096, steps(8_192, 30_720, 1_024)],
  [8_192, steps(16_384, 61_440, 4_096)],
  [16_384, steps(32_768, 122_880, 8_192)],
]);

function steps(least: number, most: number, step: number): number[] {
  return Array.from({ length: (most - least) / step + 1 }, (_, i) => least + i * step);
}

function fargateProblems({ cpu, memory, scale, internet }: FargateCompute): string[] {
  const ports = internet.flatMap((port) => wholeNumberProblems('internet', port, [1, 65_535]));
  return [...sizeProblems(cpu, memory), ...scaleProblems(scale), ...ports];
}

function sizeProblems(cpu: number, memory: number): string[] {
  const sizes = FARGATE_SIZES.get(cpu);
  if (!sizes) {
    return [`compute.cpu: expected one of ${[...FARGATE_SIZES.keys()].join(', ')}, got ${cpu}`];
  }
  if (sizes.includes(memory)) return [];
  return [
    `compute.memory: expected one of ${sizes.join(', ')} with a cpu of ${cpu}, got ${memory}`,
  ];
}

/** More would be an unlikely wish, and a likely slip of the hand. */
const MOST_CONTAINERS = 1_000;

function scaleProblems({ min, max, backlogPerTask }: FargateCompute['scale']): string[] {
  const problems = [
    ...wholeNumberProblems('scale.min', min, [0, MOST_CONTAINERS]),
    ...wholeNumberProblems('scale.max', max, [1, MOST_CONTAINERS]),
    ...wholeNumberProblems('scale.backlogPerTask', backlogPerTask, [1, MOST_IN_FLIGHT]),
  ];
  if (min > max) {
    problems.push(`compute.scale.min: expected at most scale.max (${max}), got ${min}`);
  }
  return problems;
}

/** Messages of a FIFO queue that can be in flight (docs.aws.amazon.com, SQS message quotas). */
const MOST_IN_FLIGHT = 120_000;

/**
 * docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html and, for the concurrency of an event source mapping,
 * lambda/latest/dg/services-sqs-scaling.html.
 */
function lambdaProblems({ memory, maxConcurrency }: LambdaCompute): string[] {
  return [
    ...wholeNumberProblems('memory', memory, [128, 10_240]),
    ...wholeNumberProblems('maxConcurrency', maxConcurrency, [2, 1_000]),
  ];
}

function wholeNumberProblems(
  field: string,
  value: number,
  [least, most]: readonly [least: number, most: number],
): string[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [`compute.${field}: expected a whole number from ${least} to ${most}, got ${value}`];
}
