import { setImmediate as turn } from 'node:timers/promises';
import {
  defineTask,
  defineWorker,
  implement,
  secret,
  type TaskContext,
} from '@taskfleet/toolbox/contract';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { TestFleet } from '../index.ts';
import { cancelledTasksEnd } from './rules/cancelledTasksEnd.ts';
import { childrenAreTracked } from './rules/childrenAreTracked.ts';
import { resultsReachTheTable } from './rules/resultsReachTheTable.ts';
import { roleIsEnough } from './rules/roleIsEnough.ts';
import { secretsStayHidden } from './rules/secretsStayHidden.ts';
import { stoppedWorkersGiveBack } from './rules/stoppedWorkersGiveBack.ts';
import { type Broken, type BrokenCase, findingsOfBroken } from './testing/broken.ts';
import { handlers, mailWith, samples } from './testing/mailWorker.ts';
import { said, saying, text } from './testing/sayWorker.ts';

const tellingItsSecret = (): Broken => {
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

const keepingAContext = (): Broken => {
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

const beginningOnce = (): Broken => {
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

const readingAnothersFile = (): Broken => ({
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

const failing = (): Broken => ({
  implementation: mailWith({ 'mail.send': () => Promise.reject(new Error('no server')) }),
});

const hanging = (): Broken => ({
  implementation: saying({
    handler: async (_input, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      }),
  }),
  ...said,
  timeoutMs: 300,
});

/** Does its work at once when it is left alone. */
const deaf = (): Broken => ({
  implementation: saying({
    handler: async (_input, { signal }) => {
      await turn();
      return signal.aborted ? new Promise(() => undefined) : 'hello';
    },
  }),
  ...said,
  graceMs: 300,
});

const CASES: readonly BrokenCase[] = [
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
    /^expected the sample of say\.it to succeed within 0\.3 seconds, got \w+; give a sample/,
  ],
  [
    'a context that is kept',
    childrenAreTracked,
    keepingAContext,
    /^expected mail\.(send|archive) to schedule mail\.ping as its own child, got a child of mail\.(send|archive); call schedule\(\)/,
  ],
  [
    'a handler that does not listen',
    cancelledTasksEnd,
    deaf,
    /^expected say\.it to end within 0\.3 seconds after its signal has aborted, .*; give ctx\.signal to what it waits for/,
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

it.each(CASES)('tells of %s, by one rule and no other', async (_what, rule, make, finding) => {
  const found = await findingsOfBroken(make());
  const like = (found[rule.name] ?? []).map(() => expect.stringMatching(finding));
  expect(found).toEqual({ [rule.name]: like });
});
