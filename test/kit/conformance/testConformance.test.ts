import { execFile } from 'node:child_process';
import { mkdtempDisposable, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { Samples } from './index.ts';
import { RULES } from './rules.ts';
import { resultsReachTheTable } from './rules/resultsReachTheTable.ts';
import type { mailWorker } from './testing/mailWorker.ts';

const report = z.object({
  testResults: z.array(
    z.object({
      assertionResults: z.array(
        z.object({
          ancestorTitles: z.array(z.string()),
          title: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
);

/** What vitest says of a file, run by itself. */
async function resultsOf(file: string) {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'conformance-'));
  const outputFile = join(folder.path, 'report.json');
  const root = join(import.meta.dirname, 'testing');
  const options = ['run', '--root', root, '--reporter=json', `--outputFile=${outputFile}`, file];
  // It exits with 1, as tests fail.
  await promisify(execFile)(process.execPath, [vitest, ...options]).catch(() => undefined);
  const { testResults } = report.parse(JSON.parse(await readFile(outputFile, 'utf8')));
  return testResults.flatMap(({ assertionResults }) => assertionResults);
}

it('registers a test for each rule, which fails with what is wrong and how to mend it', async () => {
  const results = await resultsOf('failing.spec.ts');
  expect(results.map(({ title }) => title)).toEqual(RULES.map(({ name }) => name));
  const failed = results.filter(({ status }) => status !== 'passed');
  expect(failed).toMatchObject([
    {
      ancestorTitles: ['conformance of worker "mail"'],
      title: resultsReachTheTable.name,
      failureMessages: [
        expect.stringContaining(
          'expected the sample of mail.send to succeed, got failed by Error: no server; mend the handler',
        ),
      ],
    },
  ]);
}, 120_000);

it('asks for a sample of each task, by its contract', () => {
  type Mail = Samples<typeof mailWorker>;
  expectTypeOf<keyof Mail>().toEqualTypeOf<'mail.send' | 'mail.archive'>();
  const send = { to: 'ada', password: 'correct horse' };
  expectTypeOf(send).toExtend<Mail['mail.send']>();
  expectTypeOf(async () => send).toExtend<Mail['mail.send']>();
  expectTypeOf({ to: 'ada' }).not.toExtend<Mail['mail.send']>();
});
