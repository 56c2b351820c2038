import { expect, it } from 'vitest';
import { z } from 'zod';
import { everyTaskHasAHandler } from './rules/everyTaskHasAHandler.ts';
import { everyTaskHasASample } from './rules/everyTaskHasASample.ts';
import { malformedIsRefused } from './rules/malformedIsRefused.ts';
import { outputsFit } from './rules/outputsFit.ts';
import { queuesFitContract } from './rules/queuesFitContract.ts';
import { schemasRefuse } from './rules/schemasRefuse.ts';
import { secretsAreMarked } from './rules/secretsAreMarked.ts';
import { type Broken, type BrokenCase, findingsOfBroken } from './testing/broken.ts';
import { createSubject } from './subject.ts';
import { findingsOf, USUAL } from './testing/findingsOf.ts';
import { mailWith, samples } from './testing/mailWorker.ts';
import { said, saying } from './testing/sayWorker.ts';

const withoutHandler = (): Broken => {
  const { worker, handlers: own } = mailWith({});
  const some = [...own].filter(([name]) => name !== 'mail.archive');
  return { implementation: { worker, handlers: new Map(some) } };
};

/** Reads what has not been checked. */
const careless = z.unknown().transform((value) => (value as { text: string }).text.trim());

const MISFIT = { samples: { ...samples, 'mail.send': { to: 7, password: 'correct horse' } } };
const forTenDays = { maxAttempts: 40, backoff: { initial: '11h', max: '11h' } } as const;

const login = z.object({ text: z.string(), auth: z.array(z.object({ apiKey: z.string() })) });
const loggedIn = { samples: { 'say.it': { text: 'hello', auth: [{ apiKey: 'k' }] } } };

const CASES: readonly BrokenCase[] = [
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
    'an output that does not survive JSON',
    outputsFit,
    () => ({ implementation: saying({ output: z.date() }), ...said }),
    /^output of say\.it.*expected date.*; have the handler return what the schema says/s,
  ],
  [
    'a schema that throws',
    malformedIsRefused,
    () => ({ implementation: saying({ input: careless }), ...said }),
    /^expected say\.it with the input .* to be refused by a ValidationError with the reason, got failed by TypeError: .*; have the schema/,
  ],
];

it.each(CASES)('tells of %s, by one rule and no other', async (_what, rule, make, finding) => {
  const found = await findingsOfBroken(make());
  const like = (found[rule.name] ?? []).map(() => expect.stringMatching(finding));
  expect(found).toEqual({ [rule.name]: like });
});

it('lets a field have its name that is no secret, and tells of names that no field has', async () => {
  const path = 'say.it input.auth[].apiKey';
  const implementation = saying({ input: login });
  expect(await findingsOf(implementation, { ...loggedIn, notSecret: [path] })).toEqual({});
  const subject = createSubject(implementation, { ...USUAL, ...loggedIn, notSecret: [path, 'x'] });
  expect(await secretsAreMarked.check(subject)).toEqual([
    'expected open fields in `notSecret`, got x, which is none; remove it from there',
  ]);
});
