import { setTimeout as delay } from 'node:timers/promises';
import {
  defineTask,
  defineWorker,
  implement,
  lambda,
  secret,
  type TaskContext,
  type WorkerImplementation,
} from '@taskfleet/toolbox/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TestFleet } from '../index.ts';
import type { Rule } from './rule.ts';
import { cancelledTasksEnd } from './rules/cancelledTasksEnd.ts';
import { childrenAreTracked } from './rules/childrenAreTracked.ts';
import { everyTaskHasAHandler } from './rules/everyTaskHasAHandler.ts';
import { everyTaskHasASample } from './rules/everyTaskHasASample.ts';
import { malformedIsRefused } from './rules/malformedIsRefused.ts';
import { outputsFit } from './rules/outputsFit.ts';
import { queuesFitContract } from './rules/queuesFitContract.ts';
import { resultsReachTheTable } from './rules/resultsReachTheTable.ts';
import { roleIsEnough } from './rules/roleIsEnough.ts';
import { schemasRefuse } from './rules/schemasRefuse.ts';
import { secretsAreMarked } from './rules/secretsAreMarked.ts';
import { secretsStayHidden } from './rules/secretsStayHidden.ts';
import { stoppedWorkersGiveBack } from './rules/stoppedWorkersGiveBack.ts';
import type { SubjectOptions } from './subject.ts';
import { findingsOf } from './testing/findingsOf.ts';
import { handlers, mailWith, samples } from './testing/mailWorker.ts';

/** A worker with what it is tried with. */
interface Case extends Partial<SubjectOptions> {
  readonly implementation: WorkerImplementation;
}

const text = z.object({ text: z.string() });
const said = { samples: { 'say.it': { text: 'hello' } } };

/** A worker of one task, with the options given. */
function saying(options: {
  readonly input?: z.ZodType;
  readonly output?: z.ZodType;
  readonly retry?: Parameters<typeof defineTask>[1]['retry'];
}): WorkerImplementation {
  const { input = text, output = z.string(), retry = {} } = options;
  const task = defineTask('say.it', { input, output, retry });
  const worker = defineWorker('say', { tasks: [task] });
  return implement(worker, { 'say.it': () => 'hello' });
}

const withoutHandler = (): Case => {
  const { worker, handlers: own } = mailWith({});
  const some = [...own].filter(([name]) => name !== 'mail.archive');
  return { implementation: { worker, handlers: new Map(some) } };
};

const tellingItsSecret = (): Case => {
  const tell = defineTask('tell.it', { input: text, output: z.void() });
  const login = z.object({ password: secret(z.string()) });
  const told = defineTask('tell.all', { input: login, output: z.string() });
  const worker = defineWorker('tell', { tasks: [tell, told] });
  return {
    implementation: implement(worker, {
      'tell.it': () => undefined,
      'tell.all': async ({ password }, { schedule, log }) => {
        await schedule(tell, { text: password });
        log.info('asking', { header: Buffer.from(password).toString('base64') });
        return `the password is ${password}`;
      },
    }),
    samples: { 'tell.it': { text: 'hello' }, 'tell.all': { password: 'correct horse' } },
  };
};

const keepingAContext = (): Case => {
  let kept: TaskContext | undefined;
  const own = (context: TaskContext) => (kept ??= context);
  return {
    implementation: mailWith({
      'mail.send': async (input, context) => {
        await own(context).schedule(defineTask('mail.ping', ping), {});
        return { sent: input.to };
      },
      'mail.archive': async (input, context) => {
        await own(context).schedule(defineTask('mail.ping', ping), {});
        return handlers['mail.archive'](input, context);
      },
    }),
  };
};
const ping = { input: z.object({}), output: z.unknown() };

const beginningOnce = (): Case => {
  const begun = new Set<string>();
  return {
    implementation: mailWith({
      'mail.send': async (input, context) => {
        if (begun.has(context.id)) throw new Error(`begun already: ${context.id}`);
        begun.add(context.id);
        return handlers['mail.send'](input, context);
      },
    }),
  };
};

const readingAnothersFile = (): Case => ({
  implementation: mailWith({
    'mail.archive': async (input, context) => {
      await context.artifacts.read('artifact:export/report.txt');
      return handlers['mail.archive'](input, context);
    },
  }),
  samples: {
    ...samples,
    'mail.archive': async (fleet: TestFleet) => {
      const body = new TextEncoder().encode('secret figures');
      await fleet.access.put({ key: 'export/report.txt', body, contentType: 'text/plain' });
      return samples['mail.archive'](fleet);
    },
  },
});

const failing = (): Case => ({
  implementation: mailWith({ 'mail.send': () => Promise.reject(new Error('no server')) }),
});

const hanging = (): Case => ({
  implementation: mailWith({
    'mail.send': async (_input, { signal }) => delay(3_600_000, { sent: '' }, { signal }),
  }),
  timeoutMs: 1_000,
});

const deaf = (): Case => ({
  implementation: mailWith({
    'mail.send': async (input) => delay(500, { sent: input.to }),
  }),
  graceMs: 50,
});

/** Reads what has not been checked. */
const careless = z.unknown().transform((value) => (value as { text: string }).text.trim());

const MISFIT = { samples: { ...samples, 'mail.send': { to: 7, password: 'correct horse' } } };
const forTenDays = { maxAttempts: 40, backoff: { initial: '11h', max: '11h' } } as const;

const login = z.object({ text: z.string(), auth: z.array(z.object({ apiKey: z.string() })) });
const loggedIn = { samples: { 'say.it': { text: 'hello', auth: [{ apiKey: 'k' }] } } };

const CASES: readonly [what: string, rule: Rule, make: () => Case, finding: RegExp][] = [
  [
    'a task without a handler',
    everyTaskHasAHandler,
    withoutHandler,
    /^expected a handler of mail\.archive, got none; join the worker with implement\(\)$/,
  ],
  [
    'a schema that takes everything',
    schemasRefuse,
    () => ({ implementation: saying({ output: z.json() }), ...said }),
    /^expected the output of say\.it to refuse something, .*; say what it has/,
  ],
  [
    'a key that is not marked as secret',
    secretsAreMarked,
    () => ({ implementation: saying({ input: login }), ...loggedIn }),
    /^expected say\.it input\.auth\[\]\.apiKey to be secret, by its name; mark it with secret\(\)/,
  ],
  [
    'a sample that does not fit',
    everyTaskHasASample,
    () => ({ implementation: mailWith({}), ...MISFIT }),
    /^the sample of mail\.send.*to.*expected string.*; mend the sample, or the schema$/s,
  ],
  [
    'retries that outlast the queue',
    queuesFitContract,
    () => ({ implementation: saying({ retry: forTenDays }), ...said }),
    /^say\.it: expected all attempts to end within the 864000 seconds .*; lower its maxAttempts/,
  ],
  [
    "a handler that reads another worker's files",
    roleIsEnough,
    readingAnothersFile,
    /got no right to s3:GetObject on arn:aws:s3:::\w+\/export\/report\.txt; allow it in the statements/,
  ],
  [
    'a sample that fails',
    resultsReachTheTable,
    failing,
    /^expected the sample of mail\.send to succeed, got failed by Error: no server; mend the handler/,
  ],
  [
    'a sample that does not end',
    resultsReachTheTable,
    hanging,
    /^expected the sample of mail\.send to succeed within 1 seconds, got running; give a sample/,
  ],
  [
    'an output that does not survive JSON',
    outputsFit,
    () => ({ implementation: saying({ output: z.date() }), ...said }),
    /^output of say\.it.*expected date.*; have the handler return what the schema says/s,
  ],
  [
    'a context that is kept',
    childrenAreTracked,
    keepingAContext,
    /^expected mail\.(send|archive) to schedule mail\.ping as its own child, got a child of mail\.(send|archive); call schedule\(\)/,
  ],
  [
    'a schema that throws',
    malformedIsRefused,
    () => ({ implementation: saying({ input: careless }), ...said }),
    /^expected say\.it with the input .* to be refused by a ValidationError with the reason, got failed by TypeError: .*; have the schema/,
  ],
  [
    'a handler that does not listen',
    cancelledTasksEnd,
    deaf,
    /^expected mail\.send to end within 0\.05 seconds after its signal has aborted, .*; give ctx\.signal to what it waits for/,
  ],
  [
    'a handler that begins once only',
    stoppedWorkersGiveBack,
    beginningOnce,
    /^expected another process to do mail\.send after the first was stopped, got failed by Error: begun already: mail_/,
  ],
  [
    'a handler that tells its secret',
    secretsStayHidden,
    tellingItsSecret,
    /^expected tell\.all input\.password to be seen by its handler alone, got it in the (definition of tell\.it|result of tell\.all|log of tell\.all|log line "asking"); keep/,
  ],
];

describe('a broken worker is told of', () => {
  it.each(CASES)('%s, by one rule and no other', async (_what, rule, make, finding) => {
    const { implementation, ...options } = make();
    const found = await findingsOf(implementation, { samples, ...options });
    expect(Object.keys(found)).toEqual([rule.name]);
    for (const problem of found[rule.name] ?? []) expect(problem).toMatch(finding);
  });
});

describe('a healthy worker is told of nothing', () => {
  it('on Fargate', async () => {
    expect(await findingsOf(mailWith({}), { samples })).toEqual({});
  });

  it('on Lambda, with priorities and limits', async () => {
    const task = defineTask('say.it', {
      input: text,
      output: z.string(),
      priority: 'high',
      rateLimit: '1/h',
      timeLimit: '1m',
      unique: (input) => input.text,
    });
    const compute = lambda({ maxConcurrency: 10 });
    const worker = defineWorker('say', { tasks: [task], compute, priorities: true });
    const implementation = implement(worker, { 'say.it': (input) => input.text });
    expect(await findingsOf(implementation, said)).toEqual({});
  });
});
