const CONTRACT = 'shared-toolbox/contract';
const SCHEDULE = 'shared-toolbox/schedule';

/** A part of the reference: a heading, what stands below it, and the members of types. */
export interface Section {
  readonly title: string;
  /** Default 2. */
  readonly level?: 2 | 3;
  /** Where the doc comment is that says what it is. */
  readonly doc?: readonly [file: string, name: string];
  /** Beside it. */
  readonly text?: string;
  /** Whose members are shown, together. */
  readonly types?: readonly (readonly [file: string, name: string])[];
  /** Members that are of use inside the toolbox only. */
  readonly without?: readonly string[];
}

/** What the reference of contract and context has, in its order. */
export const SECTIONS: readonly Section[] = [
  {
    title: 'defineTask(name, options)',
    doc: [`${CONTRACT}/task.ts`, 'defineTask'],
    types: [[`${CONTRACT}/task.ts`, 'TaskOptions']],
  },
  {
    title: 'retry',
    level: 3,
    doc: [`${CONTRACT}/retryPolicy.ts`, 'RetryOptions'],
    types: [[`${CONTRACT}/retryPolicy.ts`, 'RetryOptions']],
  },
  {
    title: 'retry.backoff',
    level: 3,
    doc: [`${CONTRACT}/retryPolicy.ts`, 'BackoffOptions'],
    types: [[`${CONTRACT}/retryPolicy.ts`, 'BackoffOptions']],
  },
  {
    title: 'defineWorker(name, options)',
    doc: [`${CONTRACT}/worker.ts`, 'defineWorker'],
    types: [[`${CONTRACT}/worker.ts`, 'WorkerOptions']],
  },
  { title: 'inline()', level: 3, doc: [`${CONTRACT}/pool.ts`, 'inline'] },
  {
    title: 'threads(options)',
    level: 3,
    doc: [`${CONTRACT}/pool.ts`, 'threads'],
    types: [[`${CONTRACT}/pool.ts`, 'ThreadOptions']],
  },
  {
    title: 'recycleAfter',
    level: 3,
    doc: [`${CONTRACT}/pool.ts`, 'RecycleOptions'],
    types: [[`${CONTRACT}/pool.ts`, 'RecycleOptions']],
  },
  {
    title: 'fargate(options)',
    level: 3,
    doc: [`${CONTRACT}/compute.ts`, 'fargate'],
    types: [[`${CONTRACT}/compute.ts`, 'FargateOptions']],
  },
  {
    title: 'scale',
    level: 3,
    doc: [`${CONTRACT}/compute.ts`, 'FargateScaleOptions'],
    types: [[`${CONTRACT}/compute.ts`, 'FargateScaleOptions']],
  },
  {
    title: 'lambda(options)',
    level: 3,
    doc: [`${CONTRACT}/compute.ts`, 'lambda'],
    types: [[`${CONTRACT}/compute.ts`, 'LambdaOptions']],
  },
  {
    title: 'defineFleet(workers, options)',
    doc: [`${CONTRACT}/fleet.ts`, 'defineFleet'],
    types: [[`${CONTRACT}/fleet.ts`, 'FleetOptions']],
  },
  {
    title: 'periodic(name, options)',
    level: 3,
    doc: [`${CONTRACT}/periodic.ts`, 'periodic'],
    text: 'Either `cron` or `every`; [periodic tasks](periodic-tasks.md) has more.',
    types: [
      [`${CONTRACT}/periodic.ts`, 'PeriodicWhen'],
      [`${CONTRACT}/periodic.ts`, 'PeriodicOptions'],
    ],
  },
  { title: 'implement(worker, handlers)', doc: [`${CONTRACT}/implement.ts`, 'implement'] },
  {
    title: 'Handler',
    level: 3,
    doc: [`${CONTRACT}/implement.ts`, 'Handler'],
    text: 'It is called with the input and `ctx`.',
  },
  {
    title: 'ctx',
    level: 3,
    doc: [`${CONTRACT}/context.ts`, 'TaskContext'],
    types: [[`${CONTRACT}/context.ts`, 'TaskContext']],
  },
  {
    title: 'ctx.log',
    level: 3,
    doc: [`${CONTRACT}/context.ts`, 'TaskLog'],
    types: [[`${CONTRACT}/context.ts`, 'TaskLog']],
  },
  {
    title: 'ctx.artifacts',
    level: 3,
    doc: [`${CONTRACT}/artifacts.ts`, 'Artifacts'],
    types: [
      [`${CONTRACT}/artifacts.ts`, 'Artifacts'],
      [`${CONTRACT}/artifacts.ts`, 'ReadOptions'],
      [`${CONTRACT}/artifacts.ts`, 'LinkOptions'],
    ],
  },
  {
    title: 'StoredArtifact',
    level: 3,
    doc: [`${CONTRACT}/artifacts.ts`, 'StoredArtifact'],
    types: [[`${CONTRACT}/artifacts.ts`, 'StoredArtifact']],
  },
  {
    title: 'runWorker(implementation, options)',
    doc: ['shared-toolbox/runtime/runWorker.ts', 'runWorker'],
    text: '[Hooks and traces](hooks.md) and [configuration](configuration.md) say more of the options.',
    types: [['shared-toolbox/runtime/workerParts.ts', 'WorkerOptions']],
  },
  {
    title: 'settings',
    level: 3,
    doc: [`${CONTRACT}/workerSettings.ts`, 'WorkerSetting'],
    text: 'Given to `defineWorker` by names; [settings of a worker](how-to/own-settings.md) has more, also of `permissions` and `internet`.',
    types: [[`${CONTRACT}/workerSettings.ts`, 'WorkerSetting']],
  },
  {
    title: 'permissions',
    level: 3,
    doc: [`${CONTRACT}/permission.ts`, 'Permission'],
    types: [[`${CONTRACT}/permission.ts`, 'Permission']],
  },
  {
    title: 'lambdaHandler(implementation, options)',
    level: 3,
    doc: ['shared-toolbox/runtime/lambda/lambdaHandler.ts', 'lambdaHandler'],
    text: 'The options are those of `runWorker`.',
  },
  {
    title: 'connectFleet(environment, options)',
    doc: [`${SCHEDULE}/connectFleet.ts`, 'connectFleet'],
    types: [[`${SCHEDULE}/connectFleet.ts`, 'ConnectOptions']],
  },
  {
    title: 'breaker',
    level: 3,
    doc: ['shared-toolbox/breaker/breakerOptions.ts', 'BreakerOptions'],
    types: [['shared-toolbox/breaker/breakerOptions.ts', 'BreakerOptions']],
  },
  {
    title: 'fleet',
    level: 3,
    text: 'What `connectFleet` gives.',
    types: [
      [`${SCHEDULE}/scheduleVia.ts`, 'Scheduling'],
      [`${SCHEDULE}/createScheduler.ts`, 'Scheduler'],
    ],
    without: ['from', 'port', 'flows'],
  },
  {
    title: 'schedule(task, input, options)',
    doc: [`${CONTRACT}/context.ts`, 'Schedule'],
    text: 'The same of `fleet` and of `ctx`. [Calling tasks](calling.md) has more.',
    types: [
      [`${CONTRACT}/scheduleOptions.ts`, 'ScheduleOptions'],
      [`${CONTRACT}/scheduleOptions.ts`, 'CallLimits'],
    ],
  },
  {
    title: 'scheduleMany(task, inputs, options)',
    level: 3,
    doc: [`${CONTRACT}/context.ts`, 'ScheduleMany'],
    text: 'The options are those of `schedule`, or a function that makes them of each input and its index.',
  },
  {
    title: 'handle',
    level: 3,
    doc: [`${CONTRACT}/context.ts`, 'TaskHandle'],
    types: [[`${CONTRACT}/context.ts`, 'TaskHandle']],
  },
  {
    title: 'start(canvas, options)',
    level: 3,
    doc: [`${CONTRACT}/startOptions.ts`, 'Start'],
    text: '[Canvas](canvas.md) has what can be started.',
    types: [[`${CONTRACT}/startOptions.ts`, 'StartOptions']],
  },
];

/** Texts that have to have a form: where each is declared. */
export const FORMS: readonly (readonly [file: string, name: string])[] = [
  [`${CONTRACT}/duration.ts`, 'Duration'],
  [`${CONTRACT}/rateLimit.ts`, 'RateLimit'],
  [`${CONTRACT}/byteSize.ts`, 'ByteSize'],
  [`${CONTRACT}/priority.ts`, 'Priority'],
  [`${CONTRACT}/artifacts.ts`, 'ArtifactRef'],
];

/** Where all errors are. */
export const ERRORS = 'shared-toolbox/errors.ts';
